import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './until.ts';

const main = fileURLToPath(new URL('../apps/server/src/main.js', import.meta.url));

export type Product = {
  url: string;
  pid(): number;
  /** Milliseconds from the start of the process to its first answer. */
  start(): Promise<number>;
  /** SIGKILL: no grace, nothing is closed. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** The end of what it logged, for whoever has to find out why. */
  lastWords(): string;
};

/** The server as it runs in production, and the means to do it harm. */
export function createProduct(port: number, env: Record<string, string>): Product {
  const url = `http://localhost:${port}`;
  const logFile = join(tmpdir(), `nextline-chaos-${port}.log`);
  let child: ChildProcess | null = null;
  let exited: Promise<void> = Promise.resolve();
  const lastWords = () => readFileSync(logFile, 'utf8').slice(-4_000);
  const endWithUs = (): void => void child?.kill('SIGKILL');
  process.once('exit', endWithUs);

  async function end(signal: NodeJS.Signals): Promise<void> {
    child?.kill(signal);
    await exited;
    child = null;
  }

  return {
    url,
    pid: () => child?.pid ?? 0,
    lastWords,
    async start() {
      const began = performance.now();
      const log = openSync(logFile, 'a');
      const started = spawn(process.execPath, [main], {
        cwd: tmpdir(),
        env: { PATH: process.env['PATH'], NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), ...env },
        stdio: ['ignore', log, log],
      });
      closeSync(log);
      child = started;
      exited = new Promise((done) => started.once('exit', () => done()));
      await until(
        async () => {
          if (started.exitCode !== null) throw new Error(`the server ended by itself:\n${lastWords()}`);
          return (await fetch(`${url}/health/live`).catch(() => null))?.ok ?? false;
        },
        60_000,
        'the server does not answer',
        10,
      );
      return performance.now() - began;
    },
    kill: () => end('SIGKILL'),
    async stop() {
      // How it closes with grace is another test's business, and takes its time.
      await end('SIGKILL');
      process.removeListener('exit', endWithUs);
      rmSync(logFile, { force: true });
    },
  };
}
