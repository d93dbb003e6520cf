import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type RunningSimulator, startSimulator } from '@nextline/wecom-simulator';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePort } from '../../../../local-postgres/free-port.ts';
import { eventually } from '../test-app.ts';
import { compareStores } from '../test-compare-stores.ts';
import { createTestDatabase, type TestDatabase, testSessionKey } from '../test-database.ts';

vi.setConfig({ testTimeout: 900_000, hookTimeout: 60_000 });

/** What WeCom publishes for one API of a corp. */
const published = { perMinute: 10_000, perHour: 150_000 };
const customers = 10_000;
const main = fileURLToPath(new URL('../main.js', import.meta.url));

let simulator: RunningSimulator;
beforeAll(async () => {
  simulator = await startSimulator({
    port: 0,
    webviewPort: 0,
    productUrl: 'http://localhost:1',
    callbackUrl: 'http://localhost:1',
    customers,
  });
});
afterAll(() => simulator.close());

type Running = { child: ChildProcess; exited: Promise<unknown> };

async function startWorker(database: TestDatabase): Promise<Running> {
  const { corp, app, callback } = simulator.world;
  const child = spawn(process.execPath, [main], {
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      TZ: 'UTC',
      PROCESS_MODE: 'worker',
      PORT: String(await freePort()),
      PUBLIC_URL: 'http://localhost:7320',
      SESSION_KEY: testSessionKey,
      DATABASE_URL: database.ownerUrl,
      WECOM_CORP_ID: corp.corpId,
      WECOM_AGENT_ID: app.agentId,
      WECOM_SECRET: app.secret,
      WECOM_CALLBACK_TOKEN: callback.token,
      WECOM_CALLBACK_AES_KEY: callback.aesKey,
      WECOM_API_URL: simulator.url,
    },
  });
  return { child, exited: new Promise((done) => child.once('exit', done)) };
}

const progress = async (database: TestDatabase) =>
  (
    await database.db.execute<{ stored: number; finished: boolean; runs: number }>(sql`
    SELECT coalesce(sum(customers_stored), 0)::int AS stored, coalesce(bool_and(finished_at IS NOT NULL), false) AS finished, count(*)::int AS runs
    FROM sync_runs`)
  ).rows[0];
const finished = (database: TestDatabase) => eventually(async () => (await progress(database))?.finished, 240_000);

test('10,000 customers are read within what WeCom allows; killed in the middle twice, it ends with exactly the same store', async () => {
  const corpId = simulator.world.corp.corpId;
  const whole = await createTestDatabase({ corpId });
  const one = await startWorker(whole);
  await finished(whole);
  one.child.kill('SIGTERM');
  await one.exited;

  const inPieces = await createTestDatabase({ corpId });
  for (const share of [0.2, 0.6]) {
    const { child, exited } = await startWorker(inPieces);
    await eventually(async () => ((await progress(inPieces))?.stored ?? 0) > share * customers, 240_000);
    child.kill('SIGKILL');
    await exited;
    expect((await progress(inPieces))?.finished).toBe(false);
    // Its lease runs out within 30 s by the database's clock; nobody waits for that here.
    await inPieces.db.execute(sql`UPDATE leases SET held_until = clock_timestamp()`);
  }
  const last = await startWorker(inPieces);
  await finished(inPieces);
  last.child.kill('SIGTERM');
  await last.exited;

  const { rows, differences } = await compareStores(whole.db, inPieces.db);
  expect(differences).toEqual([]);
  const expected = [...simulator.world.follows.values()].filter((follow) => follow.endedBy !== 'staff');
  expect(rows).toMatchObject({
    customers: new Set(expected.map((follow) => follow.externalUserid)).size,
    follows: expected.length,
    // Whom an administrator has assigned did nothing.
    outcomes: expected.filter((follow) => follow.addWay !== 202).length,
  });
  expect(await progress(inPieces)).toMatchObject({ runs: 1, stored: expected.length });

  const { peaks } = (await (await fetch(`${simulator.url}/_sim/calls/peaks`)).json()) as {
    peaks: { path: string; busiest_minute: number; busiest_hour: number; refused: number }[];
  };
  expect(peaks.find((peak) => peak.path.endsWith('batch/get_by_user'))?.busiest_hour).toBeGreaterThan((2 * customers) / 100);
  for (const { refused, busiest_minute: perMinute, busiest_hour: perHour } of peaks) {
    expect(refused).toBe(0);
    expect(perMinute).toBeLessThanOrEqual(published.perMinute);
    expect(perHour).toBeLessThanOrEqual(published.perHour);
  }
});
