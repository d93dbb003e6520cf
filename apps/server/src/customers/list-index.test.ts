import type { CustomerFilterInput } from '@nextline/contract';
import { eq, type SQL, sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock } from '../test-shop.ts';
import { customers, follows } from './customers.table.ts';
import { type FilterConditions, filterConditions } from './filter-conditions.ts';
import { countCustomers, farSql, lookFar, searching, wayTo } from './find-customers.store.ts';
import { datable } from './list-terms.ts';
import { fillList, settleList } from './settle-list.ts';
import { asking, filterParam, finding, openConsole, wholeFilter } from './test-console.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openConsole(app);
});
afterAll(() => app.close());

const ask: ReturnType<typeof asking> = (...args) => asking(app)(...args);
const found: ReturnType<typeof finding> = (...args) => finding(app)(...args);

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

test('a customer who is gone leaves the list', async () => {
  await app.deps.db.delete(customers).where(eq(customers.externalUserId, 'wmMany1'));
  await settleList(app.deps);
  const { rows } = await app.deps.db.execute(sql`SELECT FROM customer_list WHERE external_user_id = 'wmMany1'`);
  expect(rows).toEqual([]);
});
