import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Postgres's own measure of itself, or null when it is not in the PATH. */
export async function findPgbench(): Promise<string | null> {
  try {
    return (await run('pgbench', ['--version'])).stdout.trim();
  } catch {
    return null;
  }
}

/** Makes its tables: 100,000 rows per unit of scale. */
export async function preparePgbench(databaseUrl: string, rows: number): Promise<number> {
  const scale = Math.max(1, Math.round(rows / 100_000));
  await run('pgbench', ['-i', '-q', '-s', String(scale), databaseUrl]);
  return scale;
}

/** `-S -M prepared`: one row by its key, prepared once. Transactions per second, without the time to connect. */
export async function runPgbench(databaseUrl: string, options: { connections: number; seconds: number; scale: number }): Promise<number> {
  const seconds = String(Math.max(1, Math.round(options.seconds)));
  const load = ['-c', String(options.connections), '-j', '2', '-T', seconds];
  const { stdout } = await run('pgbench', ['-S', '-n', '-M', 'prepared', '-s', String(options.scale), ...load, databaseUrl]);
  const tps = Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
  if (!Number.isFinite(tps)) throw new Error(`pgbench said:\n${stdout}`);
  return tps;
}
