import type { CustomerSort } from '@nextline/contract';
import { type SQL, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../database.ts';
import { dayAt } from './engaged-days.ts';
import { type FilterConditions, nobodyPasses } from './filter-conditions.ts';
import { allTrue, hasContact, hasAny, isInStage, passes, within } from './list-conditions.ts';
import { datable, type Dated, findable } from './list-terms.ts';

export type ListPlace = { at: string; externalUserId: string };

/** So many of the newest are looked at one by one before all are: a filter that many pass is answered from them alone. */
const walked = 3_000;

/** Of the whole list one page of the table in a hundred: enough to see how far back those lie who pass. */
const samplePercent = 1;
/** Down to the third of them in the sample some three hundred are to be expected, and one page's fifty hardly ever not. */
const inSample = 3;

/**
 * For a statement that may look at many rows: with memory to remember each of them, and not compiled, which would take longer than running it. Postgres takes two filters for
 * independent of each other and of time, which the newest have just shown they are not; so it is told that a row costs a hundred times what it believes and that reading all is no
 * way, and asks every index there is before it looks at one.
 */
export async function searching<T>(db: Database, ask: (tx: Queryable) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`SELECT set_config('jit', 'off', true), set_config('work_mem', '64MB', true), set_config('cpu_tuple_cost', '1', true),
      set_config('enable_seqscan', 'off', true)`);
    return ask(tx);
  });
}

export type FoundCustomer = { externalUserId: string; at: string };
type Page = { sort: CustomerSort; after: ListPlace | null; limit: number };
type Found = { id: string; at: string };

const columnOf = (sort: CustomerSort) => (sort === 'engaged' ? sql`l.engaged_at` : sql`l.followed_at`);
/** The same for whom no index of an order shall be asked. */
const compared = (column: SQL) => sql`greatest(${column}, '-infinity')`;
const written = (at: SQL) => sql`to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const shown = sql`p.id, ${written(sql`p.at`)} AS at`;

/**
 * What the order's own index can tell, and the rest. Those of one stage have an order of their own: who is asleep is found there at once, and among all only behind everybody
 * who is not.
 */
function parts(
  conditions: FilterConditions,
  { sort, after }: Pick<Page, 'sort' | 'after'>,
  engaged = sql`l.engaged_at`,
): { range: SQL; otherSpan: SQL[]; named: SQL } {
  const followed = columnOf('followed');
  const [column, other] = sort === 'engaged' ? [engaged, followed] : [followed, engaged];
  const [span, spanOfOther] = sort === 'engaged' ? [conditions.engaged, conditions.followed] : [conditions.followed, conditions.engaged];
  const [stageId, ...otherStages] = conditions.stageIds ?? [];
  const oneStage = sort === 'engaged' && stageId !== undefined && otherStages.length === 0 ? [isInStage(stageId)] : [];
  const beyond = after === null ? [] : [sql`(${column}, l.external_user_id) < (${after.at}::timestamptz, ${after.externalUserId})`];
  return {
    range: allTrue([...oneStage, ...beyond, ...within(column, span)]),
    otherSpan: within(other, spanOfOther),
    named: passes(conditions),
  };
}

/** Those of the newest few thousand that pass, after a row that says how many there were (fewer than `walked`, and there are no more to look at), and when anybody was last engaged. */
function nearSql(conditions: FilterConditions, page: Page): SQL {
  const column = columnOf(page.sort);
  const { range, otherSpan, named } = parts(conditions, page);
  return sql`
    WITH near AS MATERIALIZED (SELECT l.* FROM searchable_customers l WHERE ${range} ORDER BY ${column} DESC, l.external_user_id DESC LIMIT ${walked})
    (SELECT NULL AS id, (SELECT ${written(sql`max(l.engaged_at)`)} FROM searchable_customers l) AS at, count(*)::int AS walked FROM near)
    UNION ALL (SELECT ${shown}, 0 FROM (SELECT l.external_user_id AS id, ${column} AS at FROM near l WHERE ${allTrue([...otherSpan, named])}
      ORDER BY 2 DESC, 1 DESC LIMIT ${page.limit}) p)`;
}

/** Counted in the sample: all who have lived since, those of them who have what is `datable`, and whom the terms name whenever they lived. */
type Span = { since: string; lived: number; worn: number[]; named: number };

const sampledSince = (who: SQL) => sql`(SELECT count(*)::int FROM sampled WHERE at >= p.at AND ${who})`;

/** Since when the third of those has lived who pass in a sample; null: there are fewer, so there are few in all. */
async function sampledSpan(db: Queryable, conditions: FilterConditions, page: Page): Promise<Span | null> {
  const { range, otherSpan, named } = parts(conditions, page);
  const worn = datable(conditions).map((names) => (conditions.contacts.some((list) => list === names) ? hasContact(names) : hasAny(names)));
  const { rows } = await db.execute<Span>(sql`
    WITH sampled AS MATERIALIZED (SELECT ${columnOf(page.sort)} AS at, ${named} AS named, ${allTrue(otherSpan)} AS spanned, ARRAY[${sql.join(worn, sql`, `)}]::boolean[] AS worn
      FROM customer_list l TABLESAMPLE SYSTEM (${sql.raw(String(samplePercent))}) WHERE ${range})
    SELECT ${written(sql`p.at`)} AS since, ${sampledSince(sql`true`)} AS lived, (SELECT count(*)::int FROM sampled WHERE named) AS named,
      ARRAY[${sql.join(
        worn.map((_, n) => sampledSince(sql`worn[${sql.raw(String(n + 1))}]`)),
        sql`, `,
      )}]::int[] AS worn
    FROM (SELECT at FROM sampled WHERE named AND spanned ORDER BY 1 DESC OFFSET ${inSample - 1} LIMIT 1) p`);
  return rows[0] ?? null;
}

/** Asked for so few days, the index over terms knows by itself whom to look at. */
const fewDays = 31;

/** What shall be looked up by days: that of which the sample has least, where it spares half of those whom all terms name without days. */
function datedIn(conditions: FilterConditions, { sort, after }: Page, { span, newest }: Far): Dated | null {
  const { engaged, stageIds } = conditions;
  // What the sample has counted are those of one stage, whose order tells them.
  if (stageIds?.length === 1 || datable(conditions).length === 0) return null;
  const before = [
    newest,
    ...(engaged.before === null ? [] : [engaged.before]),
    ...(sort === 'engaged' && after !== null ? [new Date(after.at)] : []),
  ];
  const until = Math.min(...before.map(dayAt));
  if (sort === 'engaged' && span !== null) {
    const least = Math.min(...span.worn);
    return 2 * least < span.named ? { place: span.worn.indexOf(least), days: { from: dayAt(new Date(span.since)), until } } : null;
  }
  const from = engaged.from === null ? null : dayAt(engaged.from);
  return from !== null && until - from <= fewDays ? { place: 0, days: { from, until: Math.max(from, until) } } : null;
}

/** What the first two looks have told: the span in which to look, if there is one, and when anybody was last engaged. */
type Far = { span: Span | null; newest: Date };

/**
 * The same of all since an instant, or of all. Not by walking the order's index: Postgres would hope to meet a page of them soon, and go through everybody to those of last year.
 * `greatest` keeps it from that; the index over terms, which knows also the days on which who has a tag was last engaged, the one over the span, or both then tell whom it has to look
 * at. For a row to be named by the index over terms takes half as long as to look at it, by the one over the span a tenth.
 */
export function farSql(conditions: FilterConditions, page: Page, far: Far): SQL {
  const { span } = far;
  const dated = datedIn(conditions, page, far);
  const column = columnOf(page.sort);
  const { range, otherSpan, named } = parts(conditions, page, dated === null ? sql`l.engaged_at` : compared(sql`l.engaged_at`));
  const bySpan = span !== null && span.lived < 10 * span.named && (dated === null || page.sort !== 'engaged');
  const since = span === null ? [] : [sql`${bySpan ? column : compared(column)} >= ${span.since}::timestamptz`];
  const terms = dated === null && span !== null && 2 * span.lived < span.named ? [] : findable(conditions, dated);
  return sql`SELECT ${shown} FROM (SELECT l.external_user_id AS id, ${compared(column)} AS at FROM searchable_customers l
    WHERE ${allTrue([range, ...since, ...terms, ...otherSpan, named])} ORDER BY 2 DESC, 1 DESC LIMIT ${page.limit}) p`;
}

/**
 * The next customers after a place, newest first. First the newest few thousand are looked at one by one; when they do not fill the page, a sample tells how far back it is to
 * be looked for, and the indexes whom among those. So neither who is rare nor who is many but of last year makes anybody look at everybody.
 */
export async function findCustomers(db: Database, conditions: FilterConditions, page: Page): Promise<FoundCustomer[]> {
  if (nobodyPasses(conditions)) return [];
  const near = await db.execute<Found & { walked: number }>(nearSql(conditions, page));
  const [counted, ...found] = near.rows;
  const enough = found.length >= page.limit || counted === undefined || counted.walked < walked;
  const rows = enough ? found : await findFar(db, conditions, page, new Date(counted.at));
  return rows.map((row) => ({ externalUserId: row.id, at: row.at }));
}

async function findFar(db: Database, conditions: FilterConditions, page: Page, newest: Date): Promise<Found[]> {
  const span = await sampledSpan(db, conditions, page);
  return searching(db, async (tx) => {
    if (span !== null) {
      const { rows } = await tx.execute<Found>(farSql(conditions, page, { span, newest }));
      if (rows.length >= page.limit) return rows;
    }
    return (await tx.execute<Found>(farSql(conditions, page, { span: null, newest }))).rows;
  });
}

const everything = (conditions: FilterConditions): SQL =>
  allTrue([...within(sql`l.engaged_at`, conditions.engaged), ...within(sql`l.followed_at`, conditions.followed), passes(conditions)]);

/** Who passes, once the indexes have told whom to look at. */
const everybody = (conditions: FilterConditions): SQL =>
  sql`SELECT l.external_user_id FROM searchable_customers l WHERE ${allTrue([...findable(conditions, null), everything(conditions)])}`;

/** Who passes, one after the other as they lie in the table. */
const inTurn = (conditions: FilterConditions): SQL => sql`SELECT FROM searchable_customers l WHERE ${everything(conditions)}`;

/** In a sample: how many there are, and how many pass. */
async function sampledCount(db: Queryable, conditions: FilterConditions): Promise<{ looked: number; passed: number }> {
  const { rows } = await db.execute<{ looked: number; passed: number }>(sql`SELECT count(*)::int AS looked,
    count(*) FILTER (WHERE ${everything(conditions)})::int AS passed FROM customer_list l TABLESAMPLE SYSTEM (${sql.raw(String(samplePercent))})`);
  return rows[0] ?? { looked: 0, passed: 0 };
}

/** Beyond so many looked at in turn, the index is asked. Of a million customers: when fewer than one in thirty passes. */
const mostInTurn = 300_000;

async function count(tx: Queryable, found: SQL, most: number): Promise<number> {
  const { rows } = await tx.execute<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM (SELECT FROM (${found}) AS found LIMIT ${most}) AS counted`,
  );
  return rows[0]?.n ?? 0;
}

/** How many pass, counted no further than `most`. A filter that many pass, as a sample tells, is counted without any index: so many are soon met. */
export async function countCustomers(db: Database, conditions: FilterConditions, most: number): Promise<number> {
  if (nobodyPasses(conditions)) return 0;
  const { looked, passed } = await sampledCount(db, conditions);
  if (looked * most < passed * mostInTurn)
    return db.transaction(async (tx) => {
      await tx.execute(sql`SELECT set_config('jit', 'off', true), set_config('enable_bitmapscan', 'off', true)`);
      return count(tx, inTurn(conditions), most);
    });
  return searching(db, (tx) => count(tx, everybody(conditions), most));
}

/** A query over the ids of all who pass, for whoever fixes a selection; of no more than `most`. */
export const allCustomers = (conditions: FilterConditions, most: number): SQL => sql`${everybody(conditions)} LIMIT ${most}`;

/** Of these ids those that pass. */
export const selectedCustomers = (conditions: FilterConditions, externalUserIds: readonly string[]): SQL =>
  sql`SELECT l.external_user_id FROM searchable_customers l WHERE ${everything(conditions)} AND l.external_user_id = ANY(${sql.param([...externalUserIds])}::text[])`;
