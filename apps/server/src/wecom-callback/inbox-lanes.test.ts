import { hourMs, paceOf, wecomPaths } from '@nextline/wecom';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { follows, outcomes } from '../customers/customers.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { eventXml, postCallback } from '../test-callbacks.ts';
import { storeCustomers } from '../wecom-sync/store-customer.ts';
import { callSlots } from '../wecom-sync/wecom-sync.table.ts';
import { takeCallbacks } from './inbox.store.ts';
import { pruneCallbacks } from './prune-callbacks.ts';
import { callbackInbox } from './wecom-callback.table.ts';
import { workInbox } from './work-inbox.ts';

let world: TestApp;
let corpId: string;
beforeAll(async () => {
  world = await startTestApp({ wecom: 'simulator' });
  corpId = world.deps.config.wecom.corpId;
});
afterAll(() => world.close());
beforeEach(async () => void (await world.deps.db.delete(callbackInbox)));

const control = async <T>(method: string, path: string, body?: object): Promise<T> =>
  (await (
    await fetch(`${world.simulator?.url}${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
  ).json()) as T;

/** One point in time for all of a test: WeCom stamps to the second, and the same second makes the same text. */
let now = 0;
beforeEach(() => void (now = Math.floor(world.deps.clock.now().getTime() / 1000)));
/** `ago`: how many seconds before now WeCom says that it happened. */
const tell = (
  changeType: string,
  staff: string,
  externalUserId: string,
  { ago = 0, ...more }: { ago?: number; WelcomeCode?: string } = {},
) =>
  postCallback(
    world,
    eventXml(corpId, 'change_external_contact', changeType, { UserID: staff, ExternalUserID: externalUserId, ...more }, now - ago),
  );
const everythingDue = () => world.deps.db.update(callbackInbox).set({ nextAttemptAt: sql`now() - interval '1 second'` });
const states = async () => (await world.deps.db.select().from(callbackInbox)).map((row) => row.status);
const looks = async () => (await control<{ total: number }>('GET', '/_sim/calls?path=externalcontact/get&limit=1')).total;
const someFollow = (staff: string) =>
  [...(world.simulator?.world.follows.values() ?? [])].find((follow) => follow.staff === staff && follow.endedBy === null)
    ?.externalUserid ?? '';

test('a welcome code is taken before a thousand others, also when an earlier event about her has failed and waits', async () => {
  await world.deps.db.execute(sql`
    INSERT INTO callback_inbox (corp_id, payload_hash, xml, event, lane, received_at, next_attempt_at)
    SELECT ${corpId}, md5(n::text), '<xml/>', 'change_external_contact', 'customer:wm' || n, now() - interval '1 hour', now() - interval '1 hour'
    FROM generate_series(1, 1000) n`);
  await world.deps.db.execute(sql`
    INSERT INTO callback_inbox (corp_id, payload_hash, xml, event, lane, received_at, next_attempt_at)
    VALUES (${corpId}, 'failing', '<xml/>', 'change_external_contact', 'customer:wmNew', now() - interval '1 hour', now() + interval '1 hour')`);
  await tell('add_external_contact', 'zhouyining', 'wmNew', { WelcomeCode: 'CODE' });
  const [first] = await takeCallbacks(world.deps.db, { lanes: 5, together: 1, urgentOnly: false });
  expect(first?.head.xml).toContain('CODE');
  expect(await takeCallbacks(world.deps.db, { lanes: 5, together: 1, urgentOnly: true })).toEqual([]);
});

test('thirty events about one customer are worked off together, from one look at WeCom', async () => {
  const externalUserId = someFollow('fangmeng');
  for (let n = 0; n < 30; n += 1) await tell('edit_external_contact', 'fangmeng', externalUserId, { ago: n });
  await everythingDue();
  const before = await looks();
  expect(await workInbox(world.deps)).toBe(30);
  expect((await looks()) - before).toBe(1);
  expect(new Set(await states())).toEqual(new Set(['applied']));
});

test('one that fails keeps those behind it waiting, and those before it are settled', async () => {
  const externalUserId = someFollow('gutianyu');
  await tell('edit_external_contact', 'gutianyu', externalUserId, { ago: 3 });
  // A millisecond apart: what arrives within the same one has no order but that of the hashes.
  world.clock.advance(1);
  await world.deps.db.execute(sql`
    INSERT INTO callback_inbox (corp_id, payload_hash, xml, event, lane, received_at, next_attempt_at)
    VALUES (${corpId}, 'odd', 'no xml at all', 'odd', ${`customer:${externalUserId}`}, ${world.clock.now().toISOString()}, now())`);
  world.clock.advance(1);
  await tell('edit_external_contact', 'gutianyu', externalUserId, { ago: 1 });
  await everythingDue();
  expect(await workInbox(world.deps)).toBe(1);
  expect((await states()).toSorted()).toEqual(['applied', 'waiting', 'waiting']);
  await workInbox(world.deps);
  const [odd] = await world.deps.db.select().from(callbackInbox).where(eq(callbackInbox.payloadHash, 'odd'));
  expect(odd).toMatchObject({ status: 'waiting', attempts: 1 });
  expect(odd?.failure).not.toBeNull();
});

test('an event about two who have parted since, told late, is no dead letter', async () => {
  const { external_userid: came } = await control<{ external_userid: string }>('POST', '/_sim/customers', {
    name: '来了又走',
    staff: 'taozhi',
  });
  await control('DELETE', '/_sim/follows', { staff: 'taozhi', external_userid: came, by: 'staff' });
  await tell('add_external_contact', 'taozhi', came, { ago: 120 });
  await workInbox(world.deps);
  expect(await states()).toEqual(['applied']);
  expect(await world.deps.db.select().from(follows).where(eq(follows.externalUserId, came))).toEqual([]);
});

test('that she deleted the guide is recorded also when she has come back before we heard of it', async () => {
  const externalUserId = someFollow('xuanqi');
  const { db, clock, wecom } = world.deps;
  const answer = await wecom.customer(externalUserId);
  await db.transaction((tx) => storeCustomers(tx, { corpId, asOf: clock.now(), customers: [answer] }));
  const follow = world.simulator?.world.follows.get(`xuanqi\n${externalUserId}`);
  if (!follow) throw new Error('no such relation');
  // Gone ten seconds ago, back five seconds later.
  follow.createdAt = clock.now().getTime() - 5_000;
  await tell('del_follow_user', 'xuanqi', externalUserId, { ago: 10 });
  await workInbox(world.deps);
  const pair = and(eq(follows.externalUserId, externalUserId), eq(follows.staffUserId, 'xuanqi'));
  expect((await db.select().from(follows).where(pair))[0]?.endedAt).toBeNull();
  const told = await db
    .select()
    .from(outcomes)
    .where(and(eq(outcomes.externalUserId, externalUserId), eq(outcomes.staffUserId, 'xuanqi')));
  expect(told.map((row) => row.kind).toSorted()).toEqual(['followed', 'followed', 'unfollowed']);
});

test('T2: the next five of fifty thousand are found by an index, not by reading the inbox', async () => {
  await world.deps.db.execute(sql`
    INSERT INTO callback_inbox (corp_id, payload_hash, xml, event, lane, received_at, next_attempt_at)
    SELECT ${corpId}, md5(n::text), '<xml/>', 'change_external_contact', 'customer:wm' || n % 20000, now() - n * interval '1 ms', now()
    FROM generate_series(1, 50000) n`);
  let fastest = Infinity;
  for (let n = 0; n < 20; n += 1) {
    const began = performance.now();
    expect(await takeCallbacks(world.deps.db, { lanes: 5, together: 1, urgentOnly: false })).toHaveLength(5);
    fastest = Math.min(fastest, performance.now() - began);
  }
  // Nobody has counted them yet: a plan that goes by statistics reads all of them, each time.
  expect(fastest).toBeLessThan(50);
});

test('what was settled a month ago is forgotten, however much it is; the dead, the waiting and the younger stay', async () => {
  const put = (status: string, days: number, count: number) =>
    world.deps.db.execute(sql`
      INSERT INTO callback_inbox (corp_id, payload_hash, xml, event, lane, status, received_at, next_attempt_at, settled_at)
      SELECT ${corpId}, md5(${`${status} ${days} `} || n), '<xml/>', 'odd', 'event:' || n, ${status}, now(), now(), now() - ${days} * interval '1 day'
      FROM generate_series(1, ${count}) n`);
  await put('applied', 31, 11_000);
  await put('kept', 31, 10);
  await put('dead', 31, 3);
  await put('waiting', 31, 2);
  await put('applied', 29, 4);
  await pruneCallbacks(world.deps.db, new Date());
  const left = Map.groupBy(await states(), (status) => status);
  expect([...left].map(([status, rows]) => [status, rows.length]).toSorted()).toEqual([
    ['applied', 4],
    ['dead', 3],
    ['waiting', 2],
  ]);
});

/** `left`: of what may be asked about customers at once beside the hour's steady pace. */
const leave = (left: number) => {
  const { leewayMs } = paceOf(150_000, hourMs);
  const row = { corpId, key: wecomPaths.customer, seenAt: 0, offeredAt: 0, minuteFreeAt: 0, blockedUntil: 0, strikes: 0 };
  const hourFreeAt = sql`extract(epoch FROM clock_timestamp()) * 1000 + ${(1 - left) * leewayMs}::float8`;
  return world.deps.db
    .insert(callSlots)
    .values({ ...row, hourFreeAt })
    .onConflictDoUpdate({ target: [callSlots.corpId, callSlots.key], set: { hourFreeAt } });
};
const secondsToWait = async () => {
  const { rows } = await world.deps.db.execute<{ seconds: number }>(sql`
    SELECT round(extract(epoch FROM next_attempt_at - clock_timestamp()))::int AS seconds FROM callback_inbox ORDER BY next_attempt_at`);
  return rows.map((row) => row.seconds);
};

test('an edit waits longer the less is left of what may be asked about customers within the hour', async () => {
  for (const [left, seconds] of [
    [1, 1],
    [0.5, 1],
    [0.25, 5.5],
    [0, 10],
    [-3, 10],
  ] as const) {
    await leave(left);
    await world.deps.db.delete(callbackInbox);
    await tell('edit_external_contact', 'gutianyu', someFollow('gutianyu'));
    expect(Math.abs(((await secondsToWait())[0] ?? 0) - seconds)).toBeLessThanOrEqual(1);
  }
});

test('whoever was added or has left does not wait for calls that run short; an edit behind one that waits is due with it, and one look answers both', async () => {
  await leave(0);
  await tell('add_external_contact', 'gutianyu', 'wmJustAdded');
  await tell('del_follow_user', 'fangmeng', someFollow('fangmeng'));
  expect((await secondsToWait()).filter((seconds) => seconds > 0)).toEqual([]);
  await world.deps.db.delete(callbackInbox);
  const externalUserId = someFollow('gutianyu');
  await tell('edit_external_contact', 'gutianyu', externalUserId, { ago: 3 });
  await world.deps.db.update(callbackInbox).set({ nextAttemptAt: sql`next_attempt_at - interval '4 seconds'` });
  await tell('edit_external_contact', 'gutianyu', externalUserId, { ago: 2 });
  const [first, second] = await secondsToWait();
  expect(first).toBeGreaterThan(2);
  expect(second).toBe(first);
  await leave(1);
  await everythingDue();
  const before = await looks();
  expect(await workInbox(world.deps)).toBe(2);
  expect((await looks()) - before).toBe(1);
});
