/**
 * `pnpm demo`: an embedded Postgres, a simulated WeCom with a seeded brand, the product itself, the first sync, the brand's own data.
 * The last line says `ready` and where to look. Ctrl-C stops all of it, in order.
 */
import { fork, spawn } from 'node:child_process';
import { createWriteStream, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator } from '@nextline/wecom-simulator';
import { startLocalPostgres, stopLeftoverPostgres } from '../local-postgres/start.ts';
import { bringForward, daysBehind } from './brand/bring-forward.ts';
import { importBrand } from './brand/import-brand.ts';
import type { World } from './brand/world.ts';
import { buildApps, watchApps } from './build-apps.ts';
import { takenPorts } from './check-ports.ts';
import { demoOn, leaveFolder, mayBeEmptied, takeFolder } from './data-folder.ts';
import { noteLaidAt, readLaidAt } from './laid-at.ts';
import { readDemoSettings, root, sessionKeyOf } from './settings.ts';
import { startersOf } from './starters.ts';

const settings = readDemoSettings(process.argv.slice(2));
const { ports, dataDir } = settings;
const publicUrl = `http://localhost:${ports.webview}`;
const simulatorUrl = `http://localhost:${ports.simulator}`;
const serverUrl = `http://localhost:${ports.server}`;
const serverLog = join(dataDir, 'server.log');

/** What was started, newest last; stopped newest first, so that nobody loses what it stands on. */
const running: { name: string; stop(): Promise<void> }[] = [];
let stopping = false;

async function stopAll(code: number): Promise<never> {
  if (stopping) return new Promise<never>(() => undefined);
  stopping = true;
  for (const part of running.toReversed())
    await part.stop().catch((error: unknown) => process.stderr.write(`${part.name} did not stop: ${String(error)}\n`));
  process.exit(code);
}

function say(line: string): void {
  if (!stopping) process.stdout.write(`${line}\n`);
}

/** Asks again until the answer is the wanted one. Ends the wait early when `ended` says that nothing will come. */
async function waitFor<T>(ask: () => Promise<T | null>, seconds: number, what: string, ended: () => boolean): Promise<T> {
  for (const end = performance.now() + seconds * 1000; performance.now() < end && !ended();) {
    const answer = await ask().catch(() => null);
    if (answer !== null) return answer;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${what}. The end of ${serverLog}:\n${readFileSync(serverLog, 'utf8').split('\n').slice(-25).join('\n')}`);
}

type Readiness = { database: string; sync: { finished: boolean; staffDone: number; staffTotal: number; customersStored: number } };

async function readiness(): Promise<Readiness | null> {
  const answer = await fetch(`${serverUrl}/health/ready`, { signal: AbortSignal.timeout(2_000) });
  return answer.ok ? ((await answer.json()) as Readiness) : null;
}

function serverSettings(databaseUrl: string, world: World): Record<string, string> {
  return {
    PORT: String(ports.server),
    PUBLIC_URL: publicUrl,
    DATABASE_URL: databaseUrl,
    SESSION_KEY: sessionKeyOf(dataDir),
    WECOM_CORP_ID: world.corp.corp_id,
    WECOM_AGENT_ID: world.app.agent_id,
    WECOM_SECRET: world.app.secret,
    WECOM_CALLBACK_TOKEN: world.callback.token,
    WECOM_CALLBACK_AES_KEY: world.callback.aes_key,
    WECOM_API_URL: simulatorUrl,
    WECOM_OAUTH_URL: simulatorUrl,
    WECOM_LOGIN_URL: simulatorUrl,
  };
}

/** For what looks at the running demo from outside: `pnpm run doctor --env-file .data/demo/server.env`. */
function keepSettings(env: Record<string, string>): void {
  const file = join(dataDir, 'server.env');
  rmSync(file, { force: true });
  writeFileSync(
    file,
    Object.entries(env)
      .map(([name, value]) => `${name}="${value}"\n`)
      .join(''),
    { mode: 0o600 },
  );
}

async function startServer(databaseUrl: string, world: World): Promise<() => boolean> {
  const log = createWriteStream(serverLog, { flags: 'a' });
  const env = serverSettings(databaseUrl, world);
  keepSettings(env);
  let ended = false;
  const child = fork(join(root, 'demo/server-process.ts'), {
    execArgv: settings.watch ? ['--watch'] : [],
    // Ctrl-C reaches the whole group of a terminal: the server would be told twice to stop, and end without finishing.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...env },
  });
  child.stdout?.pipe(log);
  child.stderr?.pipe(log);
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  child.once('exit', (code) => {
    ended = true;
    if (stopping) return;
    process.stderr.write(
      `The server ended by itself (${code}). The end of ${serverLog}:\n${readFileSync(serverLog, 'utf8').split('\n').slice(-25).join('\n')}\n`,
    );
    void stopAll(1);
  });
  running.push({
    name: 'the server',
    async stop() {
      if (!ended) child.kill('SIGTERM');
      await exited;
    },
  });
  return () => ended;
}

/**
 * The simulated WeCom remembers nothing from one start to the next; the data folder does. So what is no longer so over there is read again, and a history
 * of some days ago is brought to today.
 */
async function layBrand(databaseUrl: string, world: World): Promise<void> {
  const now = new Date();
  const brand = { databaseUrl, sessionKey: sessionKeyOf(dataDir), now };
  if ((await importBrand({ ...brand, world })) === 'laid') return noteLaidAt(dataDir, now);
  say('reading again what the simulated WeCom knows …');
  await readAllAgain();
  const laidAt = readLaidAt(dataDir);
  const days = laidAt === null ? 0 : daysBehind(laidAt, now);
  if (laidAt !== null && days > 0) {
    await bringForward({ ...brand, corpId: world.corp.corp_id, laidAt });
    say(`brought the brand's history forward by ${days === 1 ? 'a day' : `${days} days`}; --fresh starts over`);
  }
  noteLaidAt(dataDir, now);
}

async function readAllAgain(): Promise<void> {
  const child = spawn(
    process.execPath,
    [join(root, 'apps/server/src/wecom-sync/reconcile-main.ts'), '--env-file', join(dataDir, 'server.env')],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  running.push({ name: 'the reconciliation', stop: async () => void child.kill('SIGTERM') });
  let said = '';
  for (const output of [child.stdout, child.stderr]) output.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((done) => child.once('exit', done));
  if (code !== 0 && !stopping) throw new Error(`What the simulated WeCom knows could not be read again:\n${said.slice(-2_000)}`);
}

async function main(): Promise<void> {
  const other = demoOn(dataDir);
  if (other !== null)
    throw new Error(
      `A demo is running on ${dataDir} (process ${other}). End that one, or give this one a folder of its own with --data DIR.`,
    );
  if (settings.fresh && !mayBeEmptied(dataDir))
    throw new Error(`${dataDir} holds other things than a demo's, so --fresh does not empty it. Name another folder with --data DIR.`);
  await stopLeftoverPostgres(join(dataDir, 'postgres'));
  const taken = await takenPorts(settings);
  if (taken.length > 0) throw new Error(taken.join('\n'));
  if (settings.fresh) rmSync(dataDir, { recursive: true, force: true });
  takeFolder(dataDir);
  running.push({ name: 'the data folder', stop: async () => leaveFolder(dataDir) });

  say('building the sidebar, the console and the simulated client …');
  await buildApps();

  let databaseUrl = settings.databaseUrl;
  if (!databaseUrl) {
    say('starting Postgres …');
    const postgres = await startLocalPostgres({ port: ports.postgres, dataDir: join(dataDir, 'postgres'), fresh: settings.fresh });
    running.push({ name: 'Postgres', stop: () => postgres.stop() });
    databaseUrl = postgres.url;
  }

  say('starting the simulated WeCom …');
  const simulator = await startSimulator({
    port: ports.simulator,
    webviewPort: ports.webview,
    productUrl: serverUrl,
    callbackUrl: `${serverUrl}/wecom/callback`,
  });
  running.push({ name: 'the simulated WeCom', stop: () => simulator.close() });
  const world = (await (await fetch(`${simulatorUrl}/_sim/world`)).json()) as World;

  say('starting the server …');
  const ended = await startServer(databaseUrl, world);
  await waitFor(readiness, 60, 'The server does not answer', ended);
  const synced = await waitFor(
    async () => ((await readiness())?.sync.finished ? readiness() : null),
    120,
    'The first sync did not finish',
    ended,
  );
  say(`synced ${synced.sync.customersStored} relations of ${synced.sync.staffTotal} staff with their customers`);

  await layBrand(databaseUrl, world);
  if (settings.watch) {
    const watching = watchApps();
    running.push({ name: 'the watch', stop: async () => watching.stop() });
  }
  say(`console ${publicUrl}/admin/`);
  say(`ready ${simulatorUrl}`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stopAll(0));
const starters = startersOf(process.ppid);
setInterval(() => startersOf(process.ppid) !== starters && void stopAll(0), 500).unref();

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await stopAll(1);
}
