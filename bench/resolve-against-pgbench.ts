/**
 * R2: one customer by id, per core, against Postgres's own `pgbench -S -M prepared` on the same database.
 *
 * "Resolve" is `findRelation`: may this guide see this customer? Every request of the sidebar that names a customer begins with it. There is no
 * endpoint that does no more than that, and none is invented for this; so it is measured where it lies, on the server's data path: its pool, its
 * corp's role, row level security, its statement. HTTP and session are R1's business. Per core: answers per second of processor time that the
 * asking process and Postgres used together, for both arms alike.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ResolveReport } from './arms/resolve.ts';
import { cpuSeconds } from './cpu-time.ts';
import type { Run } from './measurement.ts';
import { measurePairs } from './pairs.ts';
import { findPgbench, preparePgbench, runPgbench } from './pgbench.ts';
import { estimateRatio, median } from './ratio.ts';
import { notMeasured, type Outcome, outcome } from './results.ts';

const target = 0.3;
const connections = 4;

type Rate = { perSecond: number; perCore: number };

const rounded = (value: number) => Number(value.toPrecision(4));

export async function resolveAgainstPgbench({ stand, options, onRound }: Run): Promise<Outcome> {
  const version = await findPgbench();
  if (version === null) return notMeasured(target, 'at least', 'pgbench not found');
  const scale = await preparePgbench(stand.databaseUrl, stand.customers);
  // pgbench knows whole seconds only.
  const seconds = Math.max(1, Math.round(options.seconds));
  const child = fork(fileURLToPath(new URL('arms/resolve.ts', import.meta.url)));
  const ended = once(child, 'exit').then(() => [{ failure: 'the resolving process ended' }]);
  const ask = async (message: object): Promise<Exclude<ResolveReport, { failure: string }>> => {
    child.send(message);
    const [report] = (await Promise.race([once(child, 'message'), ended])) as [ResolveReport];
    if ('failure' in report) throw new Error(report.failure);
    return report;
  };
  /** Ended children count as ours, so a pgbench that has come and gone is in it. */
  const spentBy = async (work: () => Promise<number>, pid: number): Promise<Rate> => {
    const read = (): number => cpuSeconds(stand.postgresPid) + cpuSeconds(pid);
    const before = read();
    const start = performance.now();
    const perSecond = await work();
    const answered = (perSecond * (performance.now() - start)) / 1000;
    return { perSecond, perCore: answered / (read() - before) };
  };
  try {
    const { databaseUrl, sessionKey, relations } = stand;
    await ask({ databaseUrl, sessionKey, corpId: stand.world.corp.corp_id, connections, relations });
    await ask({ connections, seconds: options.seconds });
    await runPgbench(databaseUrl, { connections, seconds: 1, scale });
    const rounds = await measurePairs({
      ...options.pairs,
      candidate: () => spentBy(async () => (await ask({ connections, seconds })).perSecond, child.pid ?? 0),
      reference: () => spentBy(() => runPgbench(databaseUrl, { connections, seconds, scale }), process.pid),
      ratioOf: (resolve, pgbench) => ({ candidate: resolve.perCore, reference: pgbench.perCore }),
      onRound,
    });
    const pairs = rounds.map(({ candidate, reference }) => ({ candidate: candidate.perCore, reference: reference.perCore }));
    const describe = (rates: Rate[]) => ({
      perSecond: rounded(median(rates.map(({ perSecond }) => perSecond))),
      perCore: rounded(median(rates.map(({ perCore }) => perCore))),
    });
    return outcome(estimateRatio(pairs), target, 'at least', {
      stretch: 0.45,
      pairs: rounds.length,
      connections,
      resolve: {
        what: 'findRelation, on the server’s pool, role and row level security; no HTTP',
        ...describe(rounds.map(({ candidate }) => candidate)),
      },
      pgbench: { version, command: 'pgbench -S -M prepared', scale, ...describe(rounds.map(({ reference }) => reference)) },
    });
  } finally {
    child.disconnect();
    await ended;
  }
}
