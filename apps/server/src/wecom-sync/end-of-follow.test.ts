import { expect, test } from 'vitest';
import { customers, follows } from '../customers/customers.table.ts';
import { createTestDatabase, testCorpId as corpId } from '../test-database.ts';
import { upsertCustomers } from './customer-mirror.store.ts';
import { storeEndOfFollow } from './store-customer.ts';

test('T25: an end that is told late, after they have met again, does not end what began after it', async () => {
  const { db } = await createTestDatabase();
  const pair = { externalUserId: 'wmAgain', staffUserId: 'zhou' };
  const metAgain = new Date('2026-06-09T06:00:08Z');
  await db.insert(follows).values({ corpId, ...pair, followedAt: metAgain, syncedAt: new Date('2026-06-09T06:00:47Z') });
  const end = { corpId, ...pair, by: 'staff' as const, now: new Date('2026-06-09T06:00:52Z') };
  const ended = (at: string) => db.transaction((tx) => storeEndOfFollow(tx, { ...end, at: new Date(at) }));
  expect(await ended('2026-06-09T06:00:03Z')).toBe(false);
  expect((await db.select().from(follows))[0]?.endedAt).toBeNull();
  expect(await ended('2026-06-09T06:00:30Z')).toBe(true);
});

test('what was stored while the clock ran ahead keeps out nothing that WeCom says after it has been set back; a late answer stays out', async () => {
  const { db } = await createTestDatabase();
  const named = async (name: string, asOf: string) => {
    await upsertCustomers(db, corpId, [{ externalUserId: 'wmAhead', name, type: 'wechat' }], new Date(asOf));
    return (await db.select({ name: customers.name }).from(customers))[0]?.name;
  };
  expect(await named('明天', '2026-06-10T06:00:00Z')).toBe('明天');
  expect(await named('今天', '2026-06-09T06:00:00Z')).toBe('今天');
  expect(await named('迟到', '2026-06-09T05:59:00Z')).toBe('今天');
});
