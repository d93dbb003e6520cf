import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop } from '../test-shop.ts';
import { syncStaff } from '../wecom-sync/sync-staff.ts';
import { follows } from './customers.table.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ wecom: 'simulator', clock: afternoonClock() });
  await syncStaff(app.deps);
  await openShop(app.deps);
});
afterAll(() => app.close());

const uuid = '0198c0de-0000-7000-8000-000000000001';
const at = '2026-06-09T06:32:00.000Z';

/** Every route that names a customer, with a body that would be taken. */
const routes: [method: 'GET' | 'PUT' | 'POST', path: string, body?: Record<string, unknown>][] = [
  ['GET', ''],
  ['GET', '/timeline'],
  ['PUT', '/tags', { add: [], remove: [] }],
  ['PUT', '/stage', { stageId: 'warm' }],
  ['PUT', '/opt-out', { optedOut: true }],
  ['POST', '/notes', { noteId: uuid, text: '记一笔' }],
  ['POST', '/sends', { sendId: uuid, scriptId: 's', version: 1, source: { kind: 'library' } }],
  ['PUT', `/sends/${uuid}/parts/1`, { state: 'sent', errMsg: null, at }],
  ['PUT', `/sends/${uuid}/stop`],
  ['POST', '/tasks', { taskId: uuid, title: '回访', scriptId: null, dueAt: at }],
  ['PUT', `/tasks/${uuid}`, { status: 'skipped' }],
  ['POST', '/suggestion-lists', { listId: uuid, computedAt: at, cards: [], proof: 'x' }],
  ['POST', `/suggestion-lists/${uuid}/outcomes`, { slot: 1, outcome: 'shown', at }],
];

const call = ([method, path, payload]: (typeof routes)[number], externalUserId: string, staffUserId: string) =>
  app.app.inject({
    method,
    url: `/api/sidebar/customers/${externalUserId}${path}`,
    headers: app.cookieOf(staffUserId),
    ...(payload && { payload }),
  });

test.each(routes)("%s customers/…%s: somebody else's customer and a made-up id get the same 404", async (...route) => {
  const others = await call(route, 'wmChen', 'zhou');
  const madeUp = await call(route, 'wmMadeUp', 'zhou');
  expect([others.statusCode, others.json().error.code]).toEqual([404, 'customer.not_found']);
  expect(madeUp.statusCode).toBe(404);
  expect(madeUp.body).toBe(others.body);
  expect({ ...madeUp.headers, date: '' }).toEqual({
    ...others.headers,
    date: '',
    'x-ratelimit-remaining': madeUp.headers['x-ratelimit-remaining'],
  });
});

test('a manager does not see the customers of another store', async () => {
  expect((await call(['GET', ''], 'wmLin', 'lu')).statusCode).toBe(200);
  expect((await call(['GET', ''], 'wmChen', 'lu')).statusCode).toBe(404);
});

test('a guide of the same store does not see what a colleague follows', async () => {
  expect((await call(['GET', ''], 'wmLin', 'qian')).statusCode).toBe(404);
});

const fault = (path: string, delayMs: number) =>
  fetch(`${app.simulator?.url}/_sim/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path, delay_ms: delayMs }),
  });
const timeOf = async (externalUserId: string) => {
  const begun = performance.now();
  expect((await call(['GET', ''], externalUserId, 'zhou')).statusCode).toBe(404);
  return performance.now() - begun;
};

test("somebody else's customer, whom WeCom names and we store, and a made-up id are refused after the same time, the first time and again", async () => {
  const relations = [...(app.simulator?.world.follows.values() ?? [])].filter((one) => one.staff !== 'zhouyining' && one.endedAt === null);
  const others = [...new Set(relations.map((one) => one.externalUserid))];
  // Where storing her took the refusal over the next step of 50 ms.
  await fault('/cgi-bin/externalcontact/get', 35);
  const times: Record<'others' | 'madeUp' | 'othersAgain' | 'madeUpAgain', number[]> = {
    others: [],
    madeUp: [],
    othersAgain: [],
    madeUpAgain: [],
  };
  for (let n = 0; n < 9; n += 1) {
    const other = others[n] ?? '';
    times.others.push(await timeOf(other));
    times.madeUp.push(await timeOf(`wmMadeUp${n}`));
    times.othersAgain.push(await timeOf(other));
    times.madeUpAgain.push(await timeOf(`wmMadeUp${n}`));
  }
  await fetch(`${app.simulator?.url}/_sim/faults`, { method: 'DELETE' });
  // The quickest of each: a busy machine makes some slower, and none quicker.
  expect(Math.abs(Math.min(...times.others) - Math.min(...times.madeUp))).toBeLessThan(20);
  expect(Math.abs(Math.min(...times.othersAgain) - Math.min(...times.madeUpAgain))).toBeLessThan(20);
  for (const ms of Object.values(times).flat()) expect(ms).toBeGreaterThanOrEqual(49);
});

test('guessing asks WeCom once per id and half a minute', async () => {
  const asked = async (): Promise<number> => {
    const answer = await fetch(`${app.simulator?.url}/_sim/calls?path=/cgi-bin/externalcontact/get&limit=1`);
    return ((await answer.json()) as { total: number }).total;
  };
  const before = await asked();
  await Promise.all(Array.from({ length: 5 }, () => call(['GET', ''], 'wmGuess', 'zhou')));
  await call(['GET', ''], 'wmGuess', 'zhou');
  expect((await asked()) - before).toBe(1);
  app.clock.advance(30_001);
  await call(['GET', ''], 'wmGuess', 'zhou');
  expect((await asked()) - before).toBe(2);
});

test('a customer who is not in the store yet is fetched from WeCom once, stored and answered', async () => {
  const world = app.simulator?.world;
  const follow = [...(world?.follows.values() ?? [])].find((one) => one.staff === 'zhouyining' && one.endedAt === null);
  const externalUserId = follow?.externalUserid ?? '';
  const stored = () => app.database.db.$count(follows, eq(follows.externalUserId, externalUserId));
  expect(await stored()).toBe(0);
  const answer = await call(['GET', ''], externalUserId, 'zhouyining');
  expect(answer.statusCode).toBe(200);
  expect(answer.json().follow.remark).toBe(follow?.remark);
  expect(await stored()).toBeGreaterThan(0);
});
