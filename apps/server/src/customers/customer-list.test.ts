import type { CustomerFilterInput } from '@nextline/contract';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock } from '../test-shop.ts';
import { follows, orders } from './customers.table.ts';
import { sourceLabel } from './source-label.ts';
import { asking, filterParam, finding, openConsole } from './test-console.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openConsole(app);
});
afterAll(() => app.close());

const ask: ReturnType<typeof asking> = (...args) => asking(app)(...args);
const found: ReturnType<typeof finding> = (...args) => finding(app)(...args);

test.for<[string, CustomerFilterInput, string[]]>([
  ['nothing', {}, ['wmChen', 'wmLin', 'wmWang']],
  ['part of a remark', { q: '小姐' }, ['wmLin']],
  ['part of a nickname, whatever its case', { q: 'LIND' }, ['wmLin']],
  ['one letter', { q: '王' }, ['wmWang']],
  ['signs that mean something to LIKE', { q: '_100%' }, ['wmWang']],
  ['words in the wrong order', { q: '姐小' }, []],
  ['a stage', { stageIds: ['warm'] }, ['wmLin']],
  ['no stage', { stageIds: ['none'] }, ['wmChen', 'wmWang']],
  ['any of two tags', { tagsAny: ['vip', '618'] }, ['wmWang']],
  ['all of two tags, whoever gave them', { tagsAll: ['vip', 'dry'] }, ['wmWang']],
  ['none of a tag', { tagsNone: ['vip'] }, ['wmChen', 'wmLin']],
  ['a store', { storeIds: ['jajl'] }, ['wmChen', 'wmWang']],
  ['a guide', { guideIds: ['zhou'] }, ['wmLin', 'wmWang']],
  ['a source', { sources: ['store-code'] }, ['wmLin']],
  ['silence', { silentDays: 30 }, ['wmChen', 'wmLin', 'wmWang']],
  ['engagement', { engagedWithinDays: 45 }, ['wmWang']],
  ['an opt-out', { optedOut: true }, []],
  ['an order', { hasOrder: true }, []],
  ['no order and a tag', { hasOrder: false, tagsAny: ['dry'] }, ['wmWang']],
  ['a stage that does not exist', { stageIds: ['nowhere'] }, []],
  ['relations that have ended', { relation: 'ended' }, []],
])('filtered by %s', async ([, filter, expected]) => {
  expect((await found(filter)).toSorted()).toEqual(expected);
});

test('what has changed a moment ago is in the list: tag, order, opt-out, end of the relation', async () => {
  const { db, config, clock } = app.deps;
  const { corpId } = config.wecom;
  await db
    .update(follows)
    .set({ tagIds: ['618'] })
    .where(eq(follows.externalUserId, 'wmLin'));
  await db.insert(orders).values({
    corpId,
    externalUserId: 'wmLin',
    orderId: 'o1',
    items: [{ name: '精华', quantity: 1 }],
    amount: 100,
    orderedAt: clock.now(),
  });
  expect(await found({ tagsAny: ['618'], hasOrder: true })).toEqual(['wmLin']);
  expect((await ask('shen', 'PUT', '/customers/wmLin/opt-out', { optedOut: true })).json().optedOutAt).not.toBeNull();
  expect(await found({ optedOut: true })).toEqual(['wmLin']);
  await ask('shen', 'PUT', '/customers/wmLin/opt-out', { optedOut: false });
  await db.update(follows).set({ endedAt: clock.now(), endedBy: 'customer' }).where(eq(follows.externalUserId, 'wmLin'));
  expect(await found({ relation: 'ended', guideIds: ['zhou'] })).toEqual(['wmLin']);
  expect(await found({ tagsAny: ['618'] })).toEqual([]);
  await db.update(follows).set({ endedAt: null, endedBy: null, tagIds: [] }).where(eq(follows.externalUserId, 'wmLin'));
});

test('a manager finds the own store only, by what the own store has written and tagged', async () => {
  expect(await found({}, 'lu')).toEqual(['wmWang', 'wmLin']);
  expect(await found({ storeIds: ['jajl'] }, 'lu')).toEqual(['wmWang']);
  expect(await found({ tagsAny: ['dry'] }, 'lu')).toEqual([]);
  expect(await found({ tagsAll: ['vip'] }, 'lu')).toEqual(['wmWang']);
  expect(await found({ tagsNone: ['dry'] }, 'lu')).toEqual(['wmWang', 'wmLin']);
  expect(await found({ q: '王太' }, 'lu')).toEqual([]);
  expect(await found({ q: '王姐' }, 'lu')).toEqual(['wmWang']);
  const [row] = (await ask('lu', 'GET', `/customers?${filterParam({ q: '王姐' })}`)).json().customers;
  expect(row).toMatchObject({ remark: '王姐', tagIds: ['vip'], guides: [{ staffUserId: 'zhou', storeName: '南京西路店' }] });
});

test('mobiles are masked for whoever may not see them; a guide has no console', async () => {
  const mobiles = async (who: string) => (await ask(who, 'GET', '/customers/wmLin')).json().follows[0].mobiles;
  expect(await mobiles('lu')).toEqual(['138****0101']);
  expect(await mobiles('shen')).toEqual(['13800000101']);
  expect((await ask('zhou', 'GET', '/customers')).statusCode).toBe(403);
});

test("another store's customer, and one that was made up, are the same 404", async () => {
  for (const [method, path, body] of [
    ['GET', ''],
    ['GET', '/timeline'],
    ['PUT', '/opt-out', { optedOut: true }],
    ['PUT', '/stage', { stageId: 'won' }],
  ] as const) {
    const theirs = await ask('lu', method, `/customers/wmChen${path}`, body);
    const nobodys = await ask('lu', method, `/customers/wmNobody${path}`, body);
    expect([theirs.statusCode, theirs.body]).toEqual([404, nobodys.body]);
  }
});

test('what is no filter, no cursor or no sort is refused with the place of the mistake', async () => {
  for (const query of ['filter=%7B', 'filter=%7B%22stage%22%3A1%7D', 'cursor=abc', 'sort=name', 'limit=0', 'filter=%5B%5D'])
    expect((await ask('shen', 'GET', `/customers?${query}`)).statusCode).toBe(400);
});

test('a source is written into the list as it is said to a guide', async () => {
  const { db } = app.deps;
  const facets = (await ask('shen', 'GET', '/customers/facets')).json();
  for (const [addWay, state] of [
    [1, 'store-njxl'],
    [0, 'store-x'],
    [1, 'autumn'],
    [3, 'store-x'],
    [1, ''],
    [16, null],
  ] as const) {
    await db.update(follows).set({ addWay, state }).where(eq(follows.externalUserId, 'wmLin'));
    const { source } = facets.sources.find((one: { label: string }) => one.label === sourceLabel(addWay, state)['zh-CN']);
    expect(await found({ q: '林小姐', sources: [source] })).toEqual(['wmLin']);
  }
});
