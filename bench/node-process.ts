import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type NodeProcess = { pid: number; stop(): Promise<void> };

const patienceMs = 60_000;

/**
 * Starts `node <file>` and waits until `isReady` says so. Its output goes to a file, as in production: read through a pipe it would cost this
 * process time that the measurement pays for.
 */
export async function startNode(file: string, env: Record<string, string>, isReady: () => Promise<boolean>): Promise<NodeProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'nextline-bench-'));
  const logFile = join(folder, 'output.log');
  const log = openSync(logFile, 'a');
  // BENCH_NODE_FLAGS=--cpu-prof shows where an arm spends its time.
  const flags = process.env['BENCH_NODE_FLAGS']?.split(' ') ?? [];
  const child = spawn(process.execPath, [...flags, file], { env: { ...process.env, ...env }, stdio: ['ignore', log, log] });
  closeSync(log);
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  let ended = false;
  const exited = new Promise<void>((done) => {
    child.once('exit', () => {
      ended = true;
      process.removeListener('exit', end);
      done();
    });
  });
  const stop = async (): Promise<void> => {
    if (!ended) child.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  for (const end = performance.now() + patienceMs; !(await isReady().catch(() => false));) {
    if (ended || performance.now() > end) {
      const output = readFileSync(logFile, 'utf8').slice(-4_000);
      await stop();
      throw new Error(`${file} did not get ready:\n${output}`);
    }
    await new Promise((later) => setTimeout(later, 50));
  }
  return { pid: child.pid ?? 0, stop };
}
