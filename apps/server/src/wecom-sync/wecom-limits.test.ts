import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { fullSync } from './full-sync.ts';
import { syncTags } from './sync-tags.ts';

const guide = 'zhouyining';
const customerPath = '/cgi-bin/externalcontact/get';

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp({ wecom: 'simulator' });
  await fullSync(world.deps, new AbortController().signal);
});
afterAll(() => world.close());

const control = async (method: string, path: string, body?: object): Promise<unknown> => {
  const json = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(`${world.simulator?.url}${path}`, { method, ...json });
  expect(answer.status).toBe(200);
  return answer.json();
};
const asked = async (path: string) => Number(Object(await control('GET', `/_sim/calls?path=${path}&limit=1`))['total']);
const get = (path: string) => world.app.inject({ url: `/api/sidebar${path}`, headers: world.cookieOf(guide) });

test('T8: while WeCom answers 45009 nothing is asked of that API for its minute; other APIs go on and panels come from our own store', async () => {
  const customers = [...(world.simulator?.world.follows.values() ?? [])].filter(
    ({ staff, endedAt }) => staff === guide && endedAt === null,
  );
  const [known = '', tagged = ''] = customers.map((follow) => follow.externalUserid);
  const [tag = ''] = world.simulator?.world.tagGroups.flatMap((group) => group.tags.map(({ tagId }) => tagId)) ?? [];
  await control('POST', '/_sim/faults', { path: customerPath, errcode: 45009, errmsg: 'api freq out of limit' });
  const before = await asked(customerPath);

  // Somebody who is not in the store: that needs WeCom, which says 45009.
  expect((await get('/customers/wmSomebodyNew')).statusCode).toBeGreaterThanOrEqual(404);
  for (const seconds of [0, 5, 10, 15]) {
    world.clock.advance(seconds * 1_000);
    await get(`/customers/wmSomebodyNew${seconds}`);
    expect((await get(`/customers/${known}`)).statusCode).toBe(200);
  }
  expect((await asked(customerPath)) - before).toBe(1);

  await syncTags(world.deps);
  const change = { method: 'PUT', url: `/api/sidebar/customers/${tagged}/tags`, headers: world.cookieOf(guide) } as const;
  expect((await world.app.inject({ ...change, payload: { add: [tag], remove: [] } })).statusCode).toBe(200);

  await control('DELETE', '/_sim/faults');
  world.clock.advance(31_000);
  await get('/customers/wmSomebodyElse');
  expect((await asked(customerPath)) - before).toBeGreaterThan(1);
});
