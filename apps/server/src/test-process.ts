import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RunningSimulator } from '@nextline/wecom-simulator';
import { onTestFinished } from 'vitest';
import { freePort } from '../../../local-postgres/free-port.ts';
import { type TestDatabase, testSessionKey } from './test-database.ts';

const main = fileURLToPath(new URL('main.js', import.meta.url));
const anywhere = fileURLToPath(new URL('.', import.meta.url));

export type Running = { child: ChildProcess; output: () => string; exited: Promise<number | null>; url: string };

/**
 * The server as `pnpm start` runs it, in a process of its own, which dies with the test at the latest. `preload`: a module that runs before it,
 * to make its machine differ from ours.
 */
export async function startProcess(settings: Record<string, string>, preload?: string): Promise<Running> {
  const port = settings['PORT'] ?? String(await freePort());
  const first = preload === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(preload)}`];
  const child = spawn(process.execPath, [...first, main], {
    cwd: anywhere,
    env: { PATH: process.env['PATH'], TZ: 'UTC', PORT: port, HOST: '127.0.0.1', ...settings },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, output: () => output, exited, url: `http://127.0.0.1:${port}` };
}

/** What an administrator would set for this simulator and this database. */
export function settingsFor(simulator: RunningSimulator, database: TestDatabase): Record<string, string> {
  const { corp, app, callback } = simulator.world;
  return {
    PUBLIC_URL: 'http://localhost:7320',
    SESSION_KEY: testSessionKey,
    DATABASE_URL: database.ownerUrl,
    WECOM_CORP_ID: corp.corpId,
    WECOM_AGENT_ID: app.agentId,
    WECOM_SECRET: app.secret,
    WECOM_CALLBACK_TOKEN: callback.token,
    WECOM_CALLBACK_AES_KEY: callback.aesKey,
    WECOM_API_URL: simulator.url,
  };
}
