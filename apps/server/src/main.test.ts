import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type RunningSimulator, startSimulator } from '@nextline/wecom-simulator';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../../local-postgres/free-port.ts';
import { eventually } from './test-app.ts';
import { createTestDatabase, type TestDatabase, testSessionKey } from './test-database.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const anywhere = fileURLToPath(new URL('.', import.meta.url));

let simulator: RunningSimulator;
beforeAll(async () => {
  simulator = await startSimulator({
    port: 0,
    webviewPort: 0,
    productUrl: 'http://localhost:1',
    callbackUrl: 'http://localhost:1',
    trustedHosts: [],
  });
});
afterAll(() => simulator.close());

type Running = { child: ChildProcess; output: () => string; exited: Promise<number | null>; url: string };

async function start(settings: Record<string, string>): Promise<Running> {
  const port = settings['PORT'] ?? String(await freePort());
  const child = spawn(process.execPath, [main], {
    cwd: anywhere,
    env: { PATH: process.env['PATH'], TZ: 'UTC', PORT: port, HOST: '127.0.0.1', ...settings },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  return { child, output: () => output, exited, url: `http://127.0.0.1:${port}` };
}

const settingsFor = (database: TestDatabase): Record<string, string> => {
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
};
const databaseOfSimulator = () => createTestDatabase({ corpId: simulator.world.corp.corpId });

type Readiness = {
  wecom: { reachable: boolean; lastError: { sentence: string } | null };
  sync: { finished: boolean; phase: string; customersStored: number };
};
const readiness = async ({ url }: Running): Promise<Readiness | null> => {
  const answer = await fetch(`${url}/health/ready`).catch(() => null);
  return answer?.ok ? ((await answer.json()) as Readiness) : null;
};

test('with settings missing it names all of them and ends with 1', async () => {
  const { exited, output } = await start({ SESSION_KEY: 'short' });
  expect(await exited).toBe(1);
  for (const name of ['PUBLIC_URL', 'SESSION_KEY', 'DATABASE_URL', 'WECOM_SECRET', 'WECOM_CALLBACK_AES_KEY'])
    expect(output()).toContain(name);
});

test('without a Postgres it says which address it tried and what to set', async () => {
  const database = await databaseOfSimulator();
  const { exited, output } = await start({ ...settingsFor(database), DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nowhere' });
  expect(await exited).toBe(1);
  expect(output()).toMatch(/127\.0\.0\.1:1 .*[\s\S]*DATABASE_URL/);
});

test('a port that is taken is named, with the setting to change', async () => {
  const database = await databaseOfSimulator();
  const port = new URL(simulator.url).port;
  const { exited, output } = await start({ ...settingsFor(database), PORT: port });
  expect(await exited).toBe(1);
  expect(output()).toContain(`Port ${port} is taken. Set PORT`);
});

test('a wrong secret does not stop it: it serves, and says in the log and in its health which setting is wrong', async () => {
  const database = await databaseOfSimulator();
  const running = await start({ ...settingsFor(database), WECOM_SECRET: 'wrong' });
  const state = await eventually(async () => {
    const ready = await readiness(running);
    return ready?.wecom.reachable === false && ready;
  }, 45_000);
  expect(state.wecom.lastError?.sentence).toContain('WECOM_SECRET');
  expect(running.output()).toContain('WeCom refuses WECOM_SECRET');
  expect((await fetch(`${running.url}/health/live`)).status).toBe(200);
  running.child.kill('SIGTERM');
  expect(await running.exited).toBe(0);
});

test('killed in the middle of the first sync it goes on from there, and a stop by signal leaves nothing behind', async () => {
  const database = await databaseOfSimulator();
  const settings = settingsFor(database);
  await fetch(`${simulator.url}/_sim/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path: '/cgi-bin/externalcontact/batch/get_by_user', delay_ms: 150 }),
  });
  const first = await start(settings);
  const cut = await eventually(async () => {
    const ready = await readiness(first);
    return ready?.sync.phase === 'customers' && ready.sync.customersStored > 0 && ready;
  }, 45_000);
  first.child.kill('SIGKILL');
  await first.exited;
  expect(cut.sync.finished).toBe(false);
  const second = await start(settings);
  const done = await eventually(async () => {
    const ready = await readiness(second);
    return ready?.sync.finished && ready;
  }, 45_000);
  const { rows } = await database.db.execute<{ follows: number; runs: number }>(
    sql`SELECT (SELECT count(*)::int FROM follows) AS follows, (SELECT count(*)::int FROM sync_runs) AS runs`,
  );
  const expected = [...simulator.world.follows.values()].filter((follow) => follow.endedBy !== 'staff').length;
  expect(rows).toEqual([{ follows: expected, runs: 1 }]);
  expect(done.sync.customersStored).toBe(expected);
  second.child.kill('SIGTERM');
  expect(await second.exited).toBe(0);
  expect(second.output()).toContain('closed');
});
