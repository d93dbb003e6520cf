import { eq, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../audit/audit.table.ts';
import { notes } from '../notes/notes.table.ts';
import { touches } from '../sends/sends.table.ts';
import { lockSummary } from '../sends/sends.store.ts';
import { eventually, startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock } from '../test-shop.ts';
import { storeCustomers } from '../wecom-sync/store-customer.ts';
import { customerTables } from './customer-tables.ts';
import { customers, follows, orders, touchSummaries } from './customers.table.ts';
import { asking, openConsole } from './test-console.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openConsole(app);
  const { db, clock, config } = app.deps;
  const hers = { corpId: config.wecom.corpId, externalUserId: 'wmLin' };
  await db
    .insert(notes)
    .values({ ...hers, noteId: uuidv7(), staffUserId: 'zhou', text: '<script>alert(1)</script>=1+1', writtenAt: clock.now() });
  await db.insert(orders).values({ ...hers, orderId: 'o1', items: [{ name: '精华', quantity: 2 }], amount: 29900, orderedAt: clock.now() });
  await db.insert(touchSummaries).values(hers);
  await db.insert(touches).values({
    ...hers,
    touchedAt: clock.now(),
    touchId: uuidv7(),
    staffUserId: 'zhou',
    touchpoint: 'sidebar',
    purpose: 'service',
    title: '使用回访',
  });
});
afterAll(() => app.close());

const ask: ReturnType<typeof asking> = (...args) => asking(app)(...args);

test('every table that holds something of a customer is known to her export and her deletion', async () => {
  const { rows } = await app.deps.db.execute<{ table: string }>(sql`
    SELECT c.relname AS table FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'external_user_id' AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`);
  const named = customerTables.filter((one) => one.column === undefined).map((one) => one.table);
  expect(named.toSorted()).toEqual(rows.map((row) => row.table).toSorted());
});

test('the export holds her rows of every table, is text only as a page, and is noted', async () => {
  const json = await ask('shen', 'GET', '/customers/wmLin/export');
  expect(json.headers['content-disposition']).toMatch(/^attachment; filename="customer-\d{4}-\d\d-\d\d\.json"$/);
  expect(json.json().tables).toMatchObject({
    customers: [{ name: 'Linda' }],
    follows: [{ remark: '林小姐', mobiles: ['13800000101'] }],
    orders: [{ order_id: 'o1' }],
    notes: [{ staff_user_id: 'zhou' }],
    touches: [{ title: '使用回访' }],
  });
  const html = (await ask('shen', 'GET', '/customers/wmLin/export?as=html')).body;
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;=1+1');
  expect(html).not.toContain('<script');
  const english = await app.app.inject({
    url: '/api/admin/customers/wmLin/export?as=html',
    headers: { ...app.cookieOf('shen'), 'x-language': 'en' },
  });
  expect(english.body).toContain('<html lang="en">');
  expect(english.body).toContain('Everything that we hold about this customer');
  const noted = await app.deps.db.select().from(auditLog).where(eq(auditLog.action, 'customer.export'));
  expect(noted.map((entry) => [entry.staffUserId, entry.subjectId, entry.detail])).toContainEqual(['shen', 'wmLin', { as: 'json' }]);
});

test('only whoever may export and delete does', async () => {
  for (const who of ['yiming', 'auditor', 'lu']) {
    expect((await ask(who, 'GET', '/customers/wmLin/export')).statusCode).toBe(403);
    expect((await ask(who, 'DELETE', '/customers/wmLin', { confirm: 'Linda' })).statusCode).toBe(403);
  }
});

test('a deletion wants her name, takes everything in one go, says what stays and is noted without her name', async () => {
  const wrong = await ask('shen', 'DELETE', '/customers/wmLin', { confirm: 'linda?' });
  expect([wrong.statusCode, wrong.json().error.details.issues[0].path]).toEqual([400, 'body.confirm']);
  const answer = await ask('shen', 'DELETE', '/customers/wmLin', { confirm: 'Linda' });
  expect(answer.json().deleted).toContainEqual({ what: '跟进记录', rows: 1 });
  expect(answer.json().kept.map((one: { what: string }) => one.what)).toContain('操作记录');
  for (const { table, column } of customerTables) {
    if (table === 'audit_log') continue;
    const { rows } = await app.deps.db.execute(
      sql`SELECT FROM ${sql.identifier(table)} WHERE ${sql.identifier(column?.name ?? 'external_user_id')} = ${column?.valueOf('wmLin') ?? 'wmLin'}`,
    );
    expect([table, rows.length]).toEqual([table, 0]);
  }
  const [noted] = await app.deps.db.select().from(auditLog).where(eq(auditLog.action, 'customer.delete'));
  expect(JSON.stringify(noted)).not.toContain('Linda');
  expect((await ask('shen', 'GET', '/customers/wmLin')).statusCode).toBe(404);
});

const remove = async (who: string, confirm: string) => (await ask('shen', 'DELETE', `/customers/${who}`, { confirm })).statusCode;

test('a name is typed as one sees it, and where it has nothing to see, the id is', async () => {
  const { db, clock, config } = app.deps;
  const one = { corpId: config.wecom.corpId, type: 'wechat' as const, syncedAt: clock.now() };
  await db.insert(customers).values([
    { ...one, externalUserId: 'wmSpaces', name: ' A\u200B  li ' },
    { ...one, externalUserId: 'wmUnseen', name: '\u3164' },
  ]);
  expect((await ask('shen', 'GET', '/customers/wmSpaces')).json().typedToDelete).toBe('A li');
  expect([await remove('wmSpaces', 'Ali'), await remove('wmSpaces', 'A li')]).toEqual([400, 200]);
  expect([await remove('wmUnseen', ' '), await remove('wmUnseen', 'wmUnseen')]).toEqual([400, 200]);
});

test('a send whose file was still on its way when she was deleted leaves nothing of her behind', async () => {
  const { db, config } = app.deps;
  await expect(db.transaction((tx) => lockSummary(tx, config.wecom.corpId, 'wmLin'))).rejects.toMatchObject({ code: 'customer.not_found' });
  // Nor one that asks for her lock while she is being deleted.
  const deleted = await db.transaction(async (tx) => {
    await tx.execute(sql`SELECT FROM customers WHERE external_user_id = 'wmChen' FOR UPDATE`);
    const late = db.transaction((other) => lockSummary(other, config.wecom.corpId, 'wmChen')).catch((error: unknown) => error);
    await eventually(async () => {
      const { rows } = await db.execute(sql`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`);
      return rows.length > 0;
    });
    await tx.delete(customers).where(eq(customers.externalUserId, 'wmChen'));
    return { late };
  });
  expect(await deleted.late).toMatchObject({ code: 'customer.not_found' });
  expect(await db.$count(touchSummaries, eq(touchSummaries.externalUserId, 'wmChen'))).toBe(0);
});

test('the next sync does not bring her back; adding her anew does', async () => {
  const { db, clock, config } = app.deps;
  const { corpId } = config.wecom;
  const customer = {
    externalUserId: 'wmLin',
    name: 'Linda',
    avatarUrl: null,
    type: 'wechat' as const,
    gender: 'female' as const,
    unionId: null,
    corpName: null,
    corpFullName: null,
    position: null,
  };
  const follow = {
    staffUserId: 'zhou',
    remark: '林小姐',
    description: '',
    remarkCorpName: null,
    mobiles: [],
    tagIds: [],
    tags: [],
    addWay: 1,
    state: null,
    startedBy: null,
    channels: null,
  };
  const answer = (followedAt: Date) => ({ corpId, asOf: clock.now(), customers: [{ customer, follows: [{ ...follow, followedAt }] }] });
  const longAgo = new Date(clock.now().getTime() - 46 * 86_400_000);
  await db.transaction((tx) => storeCustomers(tx, answer(longAgo)));
  expect(await db.$count(customers, eq(customers.externalUserId, 'wmLin'))).toBe(0);
  expect(await db.$count(touchSummaries, eq(touchSummaries.externalUserId, 'wmLin'))).toBe(0);
  app.clock.advance(60_000);
  await db.transaction((tx) => storeCustomers(tx, answer(clock.now())));
  expect(await db.$count(follows, eq(follows.externalUserId, 'wmLin'))).toBe(1);
});
