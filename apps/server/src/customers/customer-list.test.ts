import type { CustomerFilterInput } from '@nextline/contract';
import { eq, type SQL, sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock } from '../test-shop.ts';
import { customers, follows, orders } from './customers.table.ts';
import { type FilterConditions, filterConditions } from './filter-conditions.ts';
import { countCustomers, farSql, lookFar, searching, wayTo } from './find-customers.store.ts';
import { datable } from './list-terms.ts';
import { fillList, settleList } from './settle-list.ts';
import { sourceLabel } from './source-label.ts';
import { asking, filterParam, openConsole, wholeFilter } from './test-console.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openConsole(app);
});
afterAll(() => app.close());

const ask: ReturnType<typeof asking> = (...args) => asking(app)(...args);
async function found(filter: CustomerFilterInput, who = 'shen', rest = ''): Promise<string[]> {
  const answer = await ask(who, 'GET', `/customers?${filterParam(filter)}${rest}`);
  expect(answer.statusCode).toBe(200);
  return answer.json().customers.map((row: { externalUserId: string }) => row.externalUserId);
}

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

const texts = (values: string[]) => sql`${sql.param(values)}::text[]`;
const follow = (...conditions: SQL[]) =>
  sql`EXISTS (SELECT FROM follows f WHERE f.corp_id = c.corp_id AND f.external_user_id = c.external_user_id AND ${sql.join(conditions, sql` AND `)})`;

/** Asked of the tables themselves, one condition after the other. */
function plainly(filter: CustomerFilterInput, scope: string[] | null): SQL {
  const asked = wholeFilter(filter);
  const own = scope === null ? sql`true` : sql`f.staff_user_id = ANY(${texts(scope)})`;
  const alive = sql`f.ended_at IS NULL`;
  const contact = { alive: [alive], ended: [sql`f.ended_at IS NOT NULL`], any: [] }[asked.relation];
  const wears = (tagIds: string[]) => follow(own, alive, sql`f.tag_ids && ${texts(tagIds)}`);
  const conditions = [
    sql`c.external_user_id LIKE 'wmMix%'`,
    ...(scope === null ? [] : [follow(own, ...contact)]),
    ...(asked.guideIds.length === 0 ? [] : [follow(sql`f.staff_user_id = ANY(${texts(asked.guideIds)})`, ...contact)]),
    ...(asked.relation === 'any' ? [] : [sql`${follow(sql`true`, alive)} = ${asked.relation === 'alive'}`]),
    ...(asked.tagsAny.length === 0 ? [] : [wears(asked.tagsAny)]),
    ...asked.tagsAll.map((tagId) => wears([tagId])),
    ...(asked.tagsNone.length === 0 ? [] : [sql`NOT ${wears(asked.tagsNone)}`]),
    ...(asked.stageIds.length === 0 ? [] : [sql`coalesce(c.stage_id, 'none') = ANY(${texts(asked.stageIds)})`]),
    ...(asked.optedOut === null ? [] : [sql`(c.opted_out_at IS NOT NULL) = ${asked.optedOut}`]),
    ...(asked.hasOrder === null
      ? []
      : [sql`EXISTS (SELECT FROM orders o WHERE o.corp_id = c.corp_id AND o.external_user_id = c.external_user_id) = ${asked.hasOrder}`]),
  ];
  return sql`SELECT c.external_user_id AS id FROM customers c WHERE ${sql.join(conditions, sql` AND `)}`;
}

/** As if the sample had said that by the terms alone least is to be looked at, whenever they lived. */
const byTerms = (conditions: FilterConditions) => ({
  since: null,
  lived: 1_000,
  met: 1_000,
  spanned: 1_000,
  staged: 1_000,
  worn: datable(conditions).map(() => 1_000),
  told: 10,
});

const mixed = (ids: string[]) => ids.filter((id) => id.startsWith('wmMix'));

test('any two filters find by index whom the tables themselves name, for all and for a store, also in rows that an older release wrote', async () => {
  const { db, config, clock } = app.deps;
  const { corpId } = config.wecom;
  const now = clock.now();
  await db.execute(sql`INSERT INTO customers (corp_id, external_user_id, name, type, stage_id, opted_out_at, last_engaged_at, synced_at)
    SELECT ${corpId}, 'wmMix' || n, '混', 'wechat', CASE n % 3 WHEN 0 THEN 'warm' WHEN 1 THEN 'won' END, CASE WHEN n % 7 = 0 THEN now() END,
      ${now.toISOString()}::timestamptz - n * interval '1 day', now() FROM generate_series(1, 120) n`);
  await db.execute(sql`INSERT INTO follows (corp_id, external_user_id, staff_user_id, tag_ids, followed_at, ended_at, synced_at)
    SELECT ${corpId}, 'wmMix' || n, staff, ARRAY(SELECT tag FROM unnest('{vip,dry,oily,618}'::text[]) WITH ORDINALITY AS t(tag, k) WHERE (n * 7 + k * 5 + s * 11) % 13 < 4),
      now(), CASE WHEN (n + s) % 9 = 0 THEN now() END, now()
    FROM generate_series(1, 120) n, unnest('{zhou,qian,lu}'::text[]) WITH ORDINALITY AS g(staff, s) WHERE (n + s) % 2 = 0 OR s = 1 + n % 3`);
  await db.execute(sql`INSERT INTO orders (corp_id, external_user_id, order_id, items, amount, ordered_at)
    SELECT ${corpId}, 'wmMix' || n, 'mix' || n, '[]', 100, now() FROM generate_series(1, 120, 4) n`);
  while ((await settleList(app.deps)) > 0);
  await db.execute(sql`UPDATE customer_list SET given = NULL WHERE external_user_id LIKE 'wmMix%1'`);
  const filters: CustomerFilterInput[] = [
    { tagsAny: ['vip'] },
    { tagsAll: ['dry', 'oily'] },
    { tagsNone: ['618'] },
    { tagsNone: ['vip', 'dry', 'oily', '618', 'a', 'b'] },
    { stageIds: ['warm', 'none'] },
    { optedOut: true },
    { hasOrder: false },
    { relation: 'ended' },
    { relation: 'any' },
    { guideIds: ['qian'] },
  ];
  const pairs = filters.flatMap((one, n) => filters.slice(n).map((other) => ({ ...one, ...other })));
  const sizes: number[] = [];
  for (const filter of pairs)
    for (const scope of [null, ['zhou', 'lu']]) {
      const conditions = filterConditions(wholeFilter(filter), {
        now,
        timeZone: 'Asia/Shanghai',
        scope,
        staffOfStore: () => [],
      });
      const lists = datable(conditions);
      const byIndex = async (span: Partial<Parameters<typeof lookFar>[3]['span']>) => {
        const far = { span: { ...byTerms(conditions), ...span }, newest: now };
        const rows = await searching(db, (tx) => lookFar(tx, conditions, { sort: 'engaged', after: null, limit: 9_999 }, far));
        return rows.map(({ id }) => id).toSorted();
      };
      const all = await byIndex({});
      const plain = (await db.execute<{ id: string }>(plainly(filter, scope))).rows.map(({ id }) => id).toSorted();
      expect({ filter, scope, ids: mixed(all) }).toEqual({ filter, scope, ids: plain });
      // As if the sample had said that a span of days spares most, so that each of the lists in turn is looked up by days, or the stages, or the order's index by itself.
      const since = new Date(now.getTime() - 60.5 * 86_400_000).toISOString();
      const recent = plain.filter((id) => Number(id.slice(5)) <= 60);
      const ways = [
        ...lists.map((_, n) => ({ worn: lists.map((_other, other) => (other === n ? 0 : 9)) })),
        { told: 100, staged: 0, worn: [] },
        { told: 5_000, worn: [] },
        { told: 5_000, worn: [], met: 0 },
      ];
      for (const way of ways) {
        const ids = mixed(await byIndex({ since, ...way }));
        expect({ filter, scope, way, ids }).toEqual({ filter, scope, way, ids: recent });
      }
      expect(await countCustomers(db, conditions, 100)).toBe(Math.min(all.length, 100));
      sizes.push(plain.length);
    }
  expect(sizes.filter((size) => size > 0).length).toBeGreaterThan(pairs.length);
  await fillList(app.deps, AbortSignal.timeout(60_000));
  const old = await db.execute(sql`SELECT FROM customer_list WHERE external_user_id LIKE 'wmMix%1' AND given IS NULL AND bits & 8 = 0`);
  expect(old.rows).toEqual([]);
  await db.execute(sql`DELETE FROM orders WHERE external_user_id LIKE 'wmMix%'`);
  await db.execute(sql`DELETE FROM follows WHERE external_user_id LIKE 'wmMix%'`);
  await db.execute(sql`DELETE FROM customers WHERE external_user_id LIKE 'wmMix%'`);
  while ((await settleList(app.deps)) > 0);
});

test('pages of five neither skip nor repeat among many of the same instant, in both orders, near the top and where the filter is rare', async () => {
  const { db, config, clock } = app.deps;
  const { corpId } = config.wecom;
  const engaged = new Date(clock.now().getTime() - 3_600_000);
  await db.execute(sql`INSERT INTO customers (corp_id, external_user_id, name, type, last_engaged_at, synced_at)
    SELECT ${corpId}, 'wmMany' || n, '很多人', 'wechat', ${engaged.toISOString()}::timestamptz, now() FROM generate_series(1, 4000) n`);
  await db.execute(sql`INSERT INTO follows (corp_id, external_user_id, staff_user_id, tag_ids, followed_at, synced_at)
    SELECT ${corpId}, 'wmMany' || n, 'zhou', CASE WHEN n % 350 = 0 THEN '{618}' ELSE '{}' END::text[], ${engaged.toISOString()}::timestamptz, now() FROM generate_series(1, 4000) n`);
  while ((await settleList(app.deps)) > 0);
  for (const sort of ['engaged', 'followed']) {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = (await ask('shen', 'GET', `/customers?${filterParam({ tagsAny: ['618'] })}&sort=${sort}&limit=5${cursor}`)).json();
      seen.push(...page.customers.map((row: { externalUserId: string }) => row.externalUserId));
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    expect(seen.length).toBe(11);
    expect(new Set(seen).size).toBe(11);
  }
  expect((await ask('shen', 'GET', '/customers/count')).json()).toEqual({ count: 4003, more: false, filling: null });
  expect((await ask('lu', 'GET', `/customers/count?${filterParam({ tagsAny: ['618'] })}`)).json()).toEqual({
    count: 11,
    more: false,
    filling: null,
  });
});

test('many whom a filter finds, but none among the newest thousands, come in their order over months, page by page', async () => {
  const { db, config, clock } = app.deps;
  const { corpId } = config.wecom;
  const daysAgo = (n: number) => new Date(clock.now().getTime() - n * 86_400_000).toISOString();
  for (let n = 1; n <= 60; n += 1) {
    const at = daysAgo(40 + n * n);
    await db.execute(sql`INSERT INTO customers (corp_id, external_user_id, name, type, last_engaged_at, synced_at)
      VALUES (${corpId}, ${`wmOld${String(n).padStart(2, '0')}`}, '老客', 'wechat', ${n === 60 ? null : at}::timestamptz, now())`);
    await db.execute(sql`INSERT INTO follows (corp_id, external_user_id, staff_user_id, tag_ids, followed_at, synced_at)
      VALUES (${corpId}, ${`wmOld${String(n).padStart(2, '0')}`}, 'zhou', '{vip}', ${at}::timestamptz, now())`);
  }
  while ((await settleList(app.deps)) > 0);
  const expected = Array.from({ length: 60 }, (_, n) => `wmOld${String(n + 1).padStart(2, '0')}`);
  for (const sort of ['engaged', 'followed']) {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = (
        await ask('shen', 'GET', `/customers?${filterParam({ q: '老客', tagsAny: ['vip'] })}&sort=${sort}&limit=7${cursor}`)
      ).json();
      seen.push(...page.customers.map((row: { externalUserId: string }) => row.externalUserId));
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    expect(seen).toEqual(expected);
  }
});

type Node = { 'Node Type': string; 'Index Name'?: string; 'Index Cond'?: string; Plans?: Node[] };
async function planOf(filter: CustomerFilterInput, sort: 'engaged' | 'followed'): Promise<Node[]> {
  const facts = { now: app.deps.clock.now(), timeZone: 'Asia/Shanghai', scope: null, staffOfStore: () => [] };
  const conditions = filterConditions(wholeFilter(filter), facts);
  const far = { span: byTerms(conditions), newest: app.deps.clock.now() };
  const page = { sort, after: null, limit: 51 };
  const asked = farSql(conditions, page, far, wayTo(conditions, page, far));
  const { rows } = await searching(app.deps.db, (tx) =>
    tx.execute<{ 'QUERY PLAN': [{ Plan: Node }] }>(sql`EXPLAIN (FORMAT JSON) ${asked}`),
  );
  const nodes = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodes)];
  return rows.flatMap((row) => nodes(row['QUERY PLAN'][0].Plan));
}
const indexesOf = (plan: Node[]) => plan.flatMap((node) => node['Index Name'] ?? []).toSorted();

test('who is not among the newest is found by what she is, never by walking through an order, and the corp is looked up once', async () => {
  const owner = new pg.Client({ connectionString: app.deps.config.databaseUrl });
  await owner.connect();
  await owner.query('VACUUM ANALYZE customer_list');
  await owner.end();
  for (const sort of ['engaged', 'followed'] as const) {
    for (const filter of [
      { tagsAny: ['618'], hasOrder: false },
      { q: '老客', stageIds: ['none'] },
      { guideIds: ['qian'], tagsNone: ['618'] },
      { optedOut: false, tagsNone: ['vip'] },
    ]) {
      const plan = await planOf(filter, sort);
      expect(indexesOf(plan)).toEqual(['customer_list_terms']);
      expect(JSON.stringify(plan)).toContain('InitPlan');
    }
  }
});

test('a customer is found by each of her contacts, among few guides and among those of a chain', async () => {
  const { db, config, clock } = app.deps;
  const { corpId } = config.wecom;
  await db.insert(customers).values({ corpId, externalUserId: 'wmFive', name: '五位导购', type: 'wechat', syncedAt: clock.now() });
  const contacts = ['g1', 'g2', 'g3', 'g4', 'g5'];
  await db
    .insert(follows)
    .values(
      contacts.map((staffUserId) => ({ corpId, externalUserId: 'wmFive', staffUserId, followedAt: clock.now(), syncedAt: clock.now() })),
    );
  const chain = Array.from({ length: 30 }, (_, n) => `nobody${n}`);
  for (const contact of contacts) {
    expect(await found({ guideIds: [contact] })).toEqual(['wmFive']);
    expect(await found({ guideIds: [...chain, contact] })).toEqual(['wmFive']);
  }
  expect(await found({ guideIds: chain })).toEqual([]);
});

const filling = async (who = 'shen') => (await ask(who, 'GET', '/customers/count')).json().filling;

test('whoever is not in the list comes into it when the workers look, and until then the list says how many it has, but not to a store', async () => {
  const { db } = app.deps;
  while ((await settleList(app.deps)) > 0);
  expect(await filling()).toBeNull();
  // As an upgrade leaves it.
  await db.execute(sql`DELETE FROM customer_list`);
  await db.execute(sql`DELETE FROM customer_list_fills`);
  const { rows } = await db.execute<{ of: number }>(sql`SELECT count(*)::int AS of FROM customers`);
  const of = rows[0]?.of ?? 0;
  expect(await filling()).toEqual({ sizes: { listed: 0, of } });
  // Something has happened meanwhile to everybody whose id sorts last.
  const changed = await db.execute<{ id: string }>(sql`UPDATE customers SET name = name || '.' WHERE external_user_id IN
    (SELECT external_user_id FROM customers ORDER BY 1 DESC LIMIT 60) RETURNING external_user_id AS id`);
  await db.update(customers).set({ name: 'Linda L.' }).where(eq(customers.externalUserId, 'wmLin'));
  expect(await found({ q: '林小姐' })).toEqual(['wmLin']);
  expect(await filling()).toEqual({ sizes: { listed: changed.rows.length + 1, of } });
  expect(await filling('lu')).toEqual({ sizes: null });
  expect(await found({ q: '五位' })).toEqual([]);
  await fillList(app.deps, AbortSignal.timeout(60_000));
  expect([await filling(), await filling('lu')]).toEqual([null, null]);
  expect(await found({ q: '五位' })).toEqual(['wmFive']);
  expect(await found({ q: '林小姐' })).toEqual(['wmLin']);
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

test('a customer who is gone leaves the list', async () => {
  await app.deps.db.delete(customers).where(eq(customers.externalUserId, 'wmMany1'));
  await settleList(app.deps);
  const { rows } = await app.deps.db.execute(sql`SELECT FROM customer_list WHERE external_user_id = 'wmMany1'`);
  expect(rows).toEqual([]);
});
