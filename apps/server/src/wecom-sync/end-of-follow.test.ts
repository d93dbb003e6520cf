import { expect, test } from 'vitest';
import { follows } from '../customers/customers.table.ts';
import { createTestDatabase, testCorpId as corpId } from '../test-database.ts';
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
