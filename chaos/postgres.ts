import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../local-postgres/free-port.ts';
import { type LocalPostgres, startLocalPostgres } from '../local-postgres/start.ts';

export type MortalPostgres = {
  url: string;
  /** Ends it and starts it again on the same data. `crash`: it is not asked, and recovers from its log. Answers for how many ms it was away. */
  restart(how: 'fast' | 'crash'): Promise<number>;
  stop(): Promise<void>;
};

/** A Postgres of its own, durable as in production: what it has committed must be there after a crash. */
export async function startMortalPostgres(): Promise<MortalPostgres> {
  const port = await freePort();
  const dataDir = join(tmpdir(), `nextline-chaos-postgres-${port}`);
  const start = (fresh: boolean): Promise<LocalPostgres> => startLocalPostgres({ port, dataDir, fresh });
  let running = await start(true);
  return {
    url: running.url,
    async restart(how) {
      const began = performance.now();
      if (how === 'crash') {
        // The postmaster's SIGQUIT ends everybody at once without a checkpoint.
        const pid = Number.parseInt(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8'), 10);
        process.kill(pid, 'SIGQUIT');
      }
      await running.stop();
      running = await start(false);
      return performance.now() - began;
    },
    async stop() {
      await running.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
