import type { CustomerWithFollows, Follow } from '@nextline/wecom';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { customers, follows, outcomes, touchSummaries } from '../customers/customers.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { storeCustomers, storeEndOfFollow } from './store-customer.ts';

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp();
});
afterAll(() => world.close());

const at = (day: number) => new Date(Date.UTC(2026, 5, day, 4));

const follow = (staffUserId: string, given: Partial<Follow>): Follow => ({
  staffUserId,
  remark: '',
  description: '',
  remarkCorpName: null,
  mobiles: [],
  followedAt: at(1),
  tagIds: [],
  tags: [],
  addWay: 1,
  state: null,
  startedBy: null,
  channels: null,
  ...given,
});

const answer = (externalUserId: string, ...theirs: Follow[]): CustomerWithFollows => ({
  customer: {
    externalUserId,
    name: '林小姐',
    avatarUrl: null,
    type: 'wechat',
    gender: 'female',
    unionId: null,
    position: null,
    corpName: null,
    corpFullName: null,
  },
  follows: theirs,
});

const store = (one: CustomerWithFollows, asOf: Date) =>
  world.deps.db.transaction((tx) => storeCustomers(tx, { corpId: world.deps.config.wecom.corpId, asOf, customers: [one] }));

/** When she was last alive, by each place that says so. */
async function liveliness(externalUserId: string) {
  const { db } = world.deps;
  const [customer] = await db.select().from(customers).where(eq(customers.externalUserId, externalUserId));
  const [summary] = await db.select().from(touchSummaries).where(eq(touchSummaries.externalUserId, externalUserId));
  const told = await db.select().from(outcomes).where(eq(outcomes.externalUserId, externalUserId));
  return {
    lastEngagedAt: customer?.lastEngagedAt ?? null,
    bars: Object.values(summary?.pulseCustomer ?? {}).reduce((sum, n) => sum + n, 0),
    outcomes: told.length,
  };
}

test('a customer whom an administrator hands to somebody else has done nothing: she is no livelier than before, and the relation is new all the same', async () => {
  expect(await store(answer('wmHanded', follow('lin', {})), at(2))).toEqual({ newRelations: 1 });
  const before = await liveliness('wmHanded');
  expect(before).toEqual({ lastEngagedAt: at(1), bars: 1, outcomes: 1 });
  const handed = answer('wmHanded', follow('lin', {}), follow('zhou', { addWay: 202, followedAt: at(20) }));
  expect(await store(handed, at(20))).toEqual({ newRelations: 1 });
  expect(await liveliness('wmHanded')).toEqual(before);
  expect(await store(handed, at(21))).toEqual({ newRelations: 0 });
});

test('a relation whose beginning WeCom leaves out began when it was first heard of, not anew with each answer', async () => {
  const unknown = answer('wmNoDate', follow('lin', { followedAt: null }));
  await store(unknown, at(3));
  const { corpId } = world.deps.config.wecom;
  const over = { corpId, externalUserId: 'wmNoDate', staffUserId: 'lin', at: at(4), by: 'customer', now: at(4) } as const;
  await world.deps.db.transaction((tx) => storeEndOfFollow(tx, over));
  expect(await store(unknown, at(10))).toEqual({ newRelations: 0 });
  expect(await liveliness('wmNoDate')).toMatchObject({ lastEngagedAt: at(3), bars: 1 });
  const [row] = await world.deps.db.select().from(follows).where(eq(follows.externalUserId, 'wmNoDate'));
  // WeCom goes on listing whom she has deleted.
  expect(row).toMatchObject({ followedAt: at(3), endedAt: at(4), endedBy: 'customer' });
});
