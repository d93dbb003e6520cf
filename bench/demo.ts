/** The demo as `pnpm demo` starts it, fresh, on ports of its own: what a newcomer sees is what is measured. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sessionKeyOf } from '../demo/settings.ts';
import { freePort } from '../local-postgres/free-port.ts';

export type Demo = { simulatorUrl: string; databaseUrl: string; corpId: string; sessionKey: string; stop(): Promise<void> };

const run = fileURLToPath(new URL('../demo/run.ts', import.meta.url));
const patienceMs = 180_000;

export async function startDemo(): Promise<Demo> {
  const dataDir = mkdtempSync(join(tmpdir(), 'nextline-bench-demo-'));
  const ports = { PORT: await freePort(), SIM_PORT: await freePort(), SIM_WEBVIEW_PORT: await freePort(), PG_PORT: await freePort() };
  const env = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)]));
  const child = spawn(process.execPath, [run, '--fresh', '--data', dataDir], {
    env: { ...process.env, DATABASE_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const ready = new Promise<void>((done) => {
    for (const output of [child.stdout, child.stderr])
      output.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (/^ready http/m.test(said)) done();
      });
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  const outcome = await Promise.race([
    ready.then(() => 'ready' as const),
    ended.then(() => 'ended' as const),
    new Promise<'late'>((late) => setTimeout(late, patienceMs, 'late').unref()),
  ]);
  if (outcome !== 'ready') {
    await stop();
    throw new Error(`the demo did not get ready (${outcome}):\n${said.slice(-2_000)}`);
  }
  const settings = readFileSync(join(dataDir, 'server.env'), 'utf8');
  const setting = (name: string): string => new RegExp(`^${name}="(.*)"$`, 'm').exec(settings)?.[1] ?? '';
  return {
    simulatorUrl: `http://localhost:${ports.SIM_PORT}`,
    databaseUrl: setting('DATABASE_URL'),
    corpId: setting('WECOM_CORP_ID'),
    sessionKey: sessionKeyOf(dataDir),
    stop,
  };
}
