import type { CustomerSort } from '@nextline/contract';
import { type SQL, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../database.ts';
import { dayAt } from './engaged-days.ts';
import { type FilterConditions, nobodyPasses } from './filter-conditions.ts';
import { allTrue, hasAny, hasContact, inStage, isInStage, passes, within } from './list-conditions.ts';
import { datable, type Dated, findable, told } from './list-terms.ts';

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

const plain = { engaged: sql`l.engaged_at`, followed: sql`l.followed_at` };
/** The same, of which no index is asked. */
const compared = { engaged: sql`greatest(l.engaged_at, '-infinity')`, followed: sql`greatest(l.followed_at, '-infinity')` };
const written = (at: SQL) => sql`to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const shown = sql`p.id, ${written(sql`p.at`)} AS at`;

/**
 * What the order's own index can tell, and the rest. Those of one stage have an order of their own: who is asleep is found there at once, and among all only behind everybody
 * who is not. Unless somebody else tells the stage anyhow (`stageToldElsewhere`).
 */
function parts(
  conditions: FilterConditions,
  { sort, after }: Pick<Page, 'sort' | 'after'>,
  columns = plain,
  stageToldElsewhere = false,
): { range: SQL; otherSpan: SQL[] } {
  const other = sort === 'engaged' ? 'followed' : 'engaged';
  const column = columns[sort];
  const [stageId, ...otherStages] = conditions.stageIds ?? [];
  const ownOrder = sort === 'engaged' && stageId !== undefined && otherStages.length === 0 && !stageToldElsewhere;
  const oneStage = ownOrder ? [isInStage(stageId)] : [];
  const beyond = after === null ? [] : [sql`(${column}, l.external_user_id) < (${after.at}::timestamptz, ${after.externalUserId})`];
  return {
    range: allTrue([...oneStage, ...beyond, ...within(column, conditions[sort])]),
    otherSpan: within(columns[other], conditions[other]),
  };
}

/** Those of the newest few thousand that pass, after a row that says how many there were (fewer than `walked`, and there are no more to look at), and when anybody was last engaged. */
function nearSql(conditions: FilterConditions, page: Page): SQL {
  const column = plain[page.sort];
  const { range, otherSpan } = parts(conditions, page);
  return sql`
    WITH near AS MATERIALIZED (SELECT l.* FROM searchable_customers l WHERE ${range} ORDER BY ${column} DESC, l.external_user_id DESC LIMIT ${walked})
    (SELECT NULL AS id, (SELECT ${written(sql`max(l.engaged_at)`)} FROM searchable_customers l) AS at, count(*)::int AS walked FROM near)
    UNION ALL (SELECT ${shown}, 0 FROM (SELECT l.external_user_id AS id, ${column} AS at FROM near l WHERE ${allTrue([...otherSpan, passes(conditions)])}
      ORDER BY 2 DESC, 1 DESC LIMIT ${page.limit}) p)`;
}

/**
 * Counted in a sample. Since an instant (null: ever) have `lived` all in the order's range, and `met` of them are to be passed to meet the first who passes; `worn` has each list of
 * `datable`, and `staged` is one of the stages, on the days that are asked for. Whenever they lived, `spanned` are all in the span of the other order, and the index over terms tells
 * `told`.
 */
type Span = { since: string | null; lived: number; met: number; spanned: number; staged: number; worn: number[]; told: number };

const counted = (who: SQL) => sql`count(*) FILTER (WHERE ${who})::int`;
const isInSpan = sql`ranged AND at >= coalesce(since, '-infinity')`;

/** Since when the third of those has lived who pass in a sample, if there are so many, and then whoever lived whenever. */
async function sampledSpans(db: Queryable, conditions: FilterConditions, page: Page): Promise<Span[]> {
  const { range, otherSpan } = parts(conditions, page);
  const worn = datable(conditions).map((names) => (conditions.contacts.includes(names) ? hasContact(names) : hasAny(names)));
  const then = page.sort === 'engaged' ? isInSpan : sql`spanned`;
  const wears = worn.map((_, n) => sql`${then} AND worn[${sql.raw(String(n + 1))}]`);
  const { rows } = await db.execute<Span>(sql`
    WITH sampled AS MATERIALIZED (SELECT ${plain[page.sort]} AS at, ${range} AS ranged, ${allTrue(otherSpan)} AS spanned, ${passes(told(conditions))} AS told,
        ${inStage(conditions.stageIds ?? [])} AS staged, ${allTrue([range, ...otherSpan, passes(conditions)])} AS passed, ARRAY[${sql.join(worn, sql`, `)}]::boolean[] AS worn
      FROM customer_list l TABLESAMPLE SYSTEM (${sql.raw(String(samplePercent))})),
    passing AS (SELECT array_agg(at ORDER BY at DESC) AS at FROM sampled WHERE passed),
    spans AS MATERIALIZED (SELECT n, since, passing.at[1] AS met FROM passing, unnest(ARRAY[passing.at[${inSample}], NULL]) WITH ORDINALITY AS span(since, n)
      WHERE since IS NOT NULL OR n = 2)
    SELECT ${written(sql`since`)} AS since, ${counted(isInSpan)} AS lived, ${counted(sql`ranged AND at >= coalesce(met, '-infinity')`)} AS met, ${counted(sql`told`)} AS told,
      ${counted(sql`spanned`)} AS spanned, ${counted(sql`${then} AND staged`)} AS staged, ARRAY[${sql.join(wears.map(counted), sql`, `)}]::int[] AS worn
    FROM spans LEFT JOIN sampled ON true GROUP BY n, since, spans.met ORDER BY n`);
  return rows;
}

/** What shall be looked up by days: that of which the sample has least, where it spares half of those whom all terms tell without days. */
function datedIn(conditions: FilterConditions, { sort, after }: Page, { span, newest }: Far): Dated | null {
  const { engaged, stageIds } = conditions;
  const least = Math.min(...span.worn);
  // What the sample has counted are those of one stage, whose order tells them. And all days until one begin in too many ways.
  if ((sort === 'engaged' ? stageIds?.length === 1 : engaged.from === null) || span.worn.length === 0 || 2 * least >= span.told)
    return null;
  const since = sort === 'engaged' && span.since !== null ? new Date(span.since) : engaged.from;
  const from = since === null ? 0 : dayAt(since);
  const before = [
    newest,
    ...(engaged.before === null ? [] : [engaged.before]),
    ...(sort === 'engaged' && after !== null ? [new Date(after.at)] : []),
  ];
  return { place: span.worn.indexOf(least), days: { from, until: Math.max(from, Math.min(...before.map(dayAt))) } };
}

/** What the first two looks have told: the span in which to look, and when anybody was last engaged. */
type Far = { span: Span; newest: Date };

/** By which index it is told whom to look at: by the order's, one after the other until the page is full; by stage and day; by span; by terms, perhaps one of them by days. */
type Way = { by: 'order' | 'stages' | 'spans' } | { by: 'terms'; dated: Dated | null };

/**
 * What takes least, as far as the sample tells. For a row to be named by the index over terms takes half as long as to look at it, by the one over a span a tenth. In the order are to
 * be passed all before those who pass, and half of those between two of the sample.
 */
export function wayTo(conditions: FilterConditions, page: Page, far: Far): Way {
  const { since, lived, met, spanned, staged, told } = far.span;
  const { stageIds } = conditions;
  const inOwnOrder = page.sort === 'engaged' && stageIds?.length === 1;
  if (stageIds !== null && !inOwnOrder && 2 * staged < Math.min(told, lived)) return { by: 'stages' };
  const dated = datedIn(conditions, page, far);
  const toName = dated === null ? told : (far.span.worn[dated.place] ?? 0);
  const between = (lived - met) / (inSample - 1);
  if (since !== null && Math.max(0, met - between) + between / 2 < Math.min(lived, toName / 2 + lived / 10)) return { by: 'order' };
  return dated === null && 2 * Math.min(lived, spanned) < told ? { by: 'spans' } : { by: 'terms', dated };
}

/** Which columns an index may be asked about. */
function askable({ sort }: Page, way: Way): typeof plain {
  if (way.by === 'order') return { ...compared, [sort]: plain[sort] };
  if (way.by === 'stages') return { ...compared, engaged: plain.engaged };
  return way.by === 'terms' && way.dated !== null ? { ...plain, engaged: compared.engaged } : plain;
}

/**
 * The same of all since an instant, or of all. By walking the order's index only where the sample has seen that a page of them comes soon: Postgres would always hope so, and go
 * through everybody to those of last year. `greatest` keeps it from that.
 */
export function farSql(conditions: FilterConditions, page: Page, { span }: Far, way: Way): SQL {
  const { sort, limit } = page;
  const columns = askable(page, way);
  const narrow = way.by !== 'terms' || span.lived < 10 * span.told;
  // Asked for a stage without days, its order names all of it, and the index over terms has named fewer.
  const allOfStage = span.since === null && page.after === null && conditions.engaged.from === null && conditions.engaged.before === null;
  const { range, otherSpan } = parts(conditions, page, columns, way.by === 'terms' && (allOfStage || !narrow));
  const since = span.since === null ? [] : [sql`${(narrow ? columns : compared)[sort]} >= ${span.since}::timestamptz`];
  const named = [
    ...(way.by === 'stages' ? [inStage(conditions.stageIds ?? [])] : []),
    ...(way.by === 'terms' ? findable(conditions, way.dated) : []),
  ];
  return sql`SELECT ${shown} FROM (SELECT l.external_user_id AS id, ${(way.by === 'order' ? plain : compared)[sort]} AS at FROM searchable_customers l
    WHERE ${allTrue([range, ...since, ...named, ...otherSpan, passes(conditions)])} ORDER BY 2 DESC, 1 DESC LIMIT ${limit}) p`;
}

/** Those of a page, in its order; inside `searching`. Of an order's index Postgres would else make a bitmap, which keeps no order. */
export async function lookFar(tx: Queryable, conditions: FilterConditions, page: Page, far: Far): Promise<Found[]> {
  const way = wayTo(conditions, page, far);
  await tx.execute(sql`SELECT set_config('enable_bitmapscan', ${way.by === 'order' ? 'off' : 'on'}, true)`);
  return (await tx.execute<Found>(farSql(conditions, page, far, way))).rows;
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
  const spans = await sampledSpans(db, conditions, page);
  return searching(db, async (tx) => {
    for (const span of spans) {
      const rows = await lookFar(tx, conditions, page, { span, newest });
      if (rows.length >= page.limit || span.since === null) return rows;
    }
    return [];
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
