import { type RunningSimulator, startSimulator } from '@nextline/wecom-simulator';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from './test-app.ts';
import { createTestDatabase } from './test-database.ts';
import { type Running, settingsFor, startProcess } from './test-process.ts';

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
  const { exited, output } = await startProcess({ SESSION_KEY: 'short' });
  expect(await exited).toBe(1);
  for (const name of ['PUBLIC_URL', 'SESSION_KEY', 'DATABASE_URL', 'WECOM_SECRET', 'WECOM_CALLBACK_AES_KEY'])
    expect(output()).toContain(name);
});

test('without a Postgres it says which address it tried and what to set', async () => {
  const database = await databaseOfSimulator();
  const { exited, output } = await startProcess({
    ...settingsFor(simulator, database),
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nowhere',
  });
  expect(await exited).toBe(1);
  expect(output()).toMatch(/127\.0\.0\.1:1 .*[\s\S]*DATABASE_URL/);
});

test('a port that is taken is named, with the setting to change', async () => {
  const database = await databaseOfSimulator();
  const port = new URL(simulator.url).port;
  const { exited, output } = await startProcess({ ...settingsFor(simulator, database), PORT: port });
  expect(await exited).toBe(1);
  expect(output()).toContain(`Port ${port} is taken. Set PORT`);
});

test('an address that this machine does not have is named, with the setting to change', async () => {
  const database = await databaseOfSimulator();
  const { exited, output } = await startProcess({ ...settingsFor(simulator, database), HOST: '203.0.113.9' });
  expect(await exited).toBe(1);
  expect(output()).toContain('This machine has no address 203.0.113.9. Set HOST');
});

test('a wrong secret does not stop it: it serves, and says in the log and in its health which setting is wrong', async () => {
  const database = await databaseOfSimulator();
  const running = await startProcess({ ...settingsFor(simulator, database), WECOM_SECRET: 'wrong' });
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
  const settings = settingsFor(simulator, database);
  await fetch(`${simulator.url}/_sim/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path: '/cgi-bin/externalcontact/batch/get_by_user', delay_ms: 150 }),
  });
  const first = await startProcess(settings);
  const cut = await eventually(async () => {
    const ready = await readiness(first);
    return ready?.sync.phase === 'customers' && ready.sync.customersStored > 0 && ready;
  }, 45_000);
  first.child.kill('SIGKILL');
  await first.exited;
  expect(cut.sync.finished).toBe(false);
  const second = await startProcess(settings);
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
