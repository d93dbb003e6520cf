import type { CustomerSort } from '@nextline/contract';
import { type SQL, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../database.ts';
import type { FilterConditions } from './filter-conditions.ts';

export type ListPlace = { at: string; externalUserId: string };

/** So many of the newest are looked at one by one before the index over the facets is asked: a filter that many pass is answered from them alone. */
const walked = 3_000;

const list = (values: readonly string[]) => sql`${sql.param([...values])}::text[]`;
const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`;
const allTrue = (conditions: SQL[]) => (conditions.length === 0 ? sql`true` : sql.join(conditions, sql` AND `));
const likePart = (words: string) => `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`;

const within = (column: SQL, { from, before }: FilterConditions['engaged']): SQL[] => [
  ...(from === null ? [] : [sql`${column} >= ${instant(from)}`]),
  ...(before === null ? [] : [sql`${column} < ${instant(before)}`]),
];

/** What the relations of the scope add up to, asked one customer at a time: as a join Postgres may read all relations there are. */
const ofOwnRelations = (scope: readonly string[], what: SQL) => sql`(SELECT ${what} FROM follows f
  WHERE f.corp_id = l.corp_id AND f.external_user_id = l.external_user_id AND f.staff_user_id = ANY(${list(scope)}))`;

function withinScope({ words, scope, tags }: FilterConditions): SQL[] {
  if (scope === null) return [];
  const conditions: SQL[] = [];
  const worn = (wanted: SQL) => ofOwnRelations(scope, sql`coalesce(bool_or(f.ended_at IS NULL AND ${wanted}), false)`);
  if (tags.any.length > 0) conditions.push(worn(sql`f.tag_ids && ${list(tags.any)}`));
  for (const tagId of tags.all) conditions.push(worn(sql`${tagId} = ANY(f.tag_ids)`));
  if (tags.none.length > 0) conditions.push(sql`NOT ${worn(sql`f.tag_ids && ${list(tags.none)}`)}`);
  if (words !== '')
    conditions.push(sql`(${ofOwnRelations(scope, sql`coalesce(bool_or(lower(f.remark) LIKE ${likePart(words)}), false)`)}
      OR (SELECT lower(c.name) LIKE ${likePart(words)} FROM customers c WHERE c.corp_id = l.corp_id AND c.external_user_id = l.external_user_id))`);
  return conditions;
}

function facets(filter: FilterConditions): SQL[] {
  const { anyOf, allOf, noneOf, words } = filter;
  const conditions = anyOf.map((choices) => sql`l.facets && ${list(choices)}`);
  if (allOf.length > 0) conditions.push(sql`l.facets @> ${list(allOf)}`);
  if (noneOf.length > 0) conditions.push(sql`NOT l.facets && ${list(noneOf)}`);
  if (words !== '') conditions.push(sql`l.search LIKE ${likePart(words)}`);
  return [...conditions, ...withinScope(filter)];
}

/**
 * With memory for an exact bitmap over a million rows: in the 4 MB that Postgres gives by itself it forgets which rows it meant and looks at whole pages again, which takes
 * ten times as long.
 */
const withRoom = <T>(db: Database, ask: (tx: Queryable) => Promise<T>): Promise<T> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`SET LOCAL work_mem = '64MB'`);
    return ask(tx);
  });

export type FoundCustomer = { externalUserId: string; at: string };

/**
 * The next customers after a place, newest first. First the newest few thousand are looked at; when they do not fill the page, the filter is rare among them and the
 * index over the facets finds its customers at once. Either way the work is bounded by what is rare, not by how many customers there are.
 */
export async function findCustomers(
  db: Database,
  conditions: FilterConditions,
  options: { sort: CustomerSort; after: ListPlace | null; limit: number },
): Promise<FoundCustomer[]> {
  const { after, limit } = options;
  const column = options.sort === 'engaged' ? sql`l.engaged_at` : sql`l.followed_at`;
  const beyond = after === null ? [] : [sql`(${column}, l.external_user_id) < (${after.at}::timestamptz, ${after.externalUserId})`];
  const [spanOfSort, otherSpan] =
    options.sort === 'engaged' ? [conditions.engaged, conditions.followed] : [conditions.followed, conditions.engaged];
  const other = options.sort === 'engaged' ? sql`l.followed_at` : sql`l.engaged_at`;
  // Only what the order's own index can tell belongs to the walk: anything else would make it a walk over everybody.
  const range = allTrue([...beyond, ...within(column, spanOfSort)]);
  const passing = allTrue([...within(other, otherSpan), ...facets(conditions)]);
  type Row = { id: string; at: string; walked: number };
  const shown = sql`l.external_user_id AS id, to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at`;
  const near = await db.execute<Row>(sql`
    WITH near AS MATERIALIZED (SELECT l.*, ${column} AS at FROM searchable_customers l
      WHERE ${range} ORDER BY ${column} DESC, l.external_user_id DESC LIMIT ${walked})
    (SELECT NULL AS id, NULL AS at, count(*)::int AS walked FROM near)
    UNION ALL (SELECT ${shown}, 0 FROM near l WHERE ${passing} ORDER BY l.at DESC, l.external_user_id DESC LIMIT ${limit})`);
  const [counted, ...found] = near.rows;
  const enough = found.length >= limit || (counted?.walked ?? 0) < walked;
  const rows = enough
    ? found
    : await withRoom(db, async (tx) => {
        const hits = await tx.execute<Row>(sql`
          WITH hits AS MATERIALIZED (SELECT l.external_user_id, ${column} AS at FROM searchable_customers l WHERE ${range} AND ${passing})
          SELECT ${shown}, 0 AS walked FROM hits l ORDER BY l.at DESC, l.external_user_id DESC LIMIT ${limit}`);
        return hits.rows;
      });
  return rows.map((row) => ({ externalUserId: row.id, at: row.at }));
}

const everything = (conditions: FilterConditions): SQL[] => [
  ...within(sql`l.engaged_at`, conditions.engaged),
  ...within(sql`l.followed_at`, conditions.followed),
  ...facets(conditions),
];

/** How many pass, counted no further than `most`. */
export async function countCustomers(db: Database, conditions: FilterConditions, most: number): Promise<number> {
  const counted = sql`SELECT FROM searchable_customers l WHERE ${allTrue(everything(conditions))} LIMIT ${most}`;
  return withRoom(db, async (tx) => {
    const { rows } = await tx.execute<{ n: number }>(sql`SELECT count(*)::int AS n FROM (${counted}) AS counted`);
    return rows[0]?.n ?? 0;
  });
}

/** A query over the ids of all who pass, for whoever fixes a selection. */
export const allCustomers = (conditions: FilterConditions): SQL =>
  sql`SELECT l.external_user_id FROM searchable_customers l WHERE ${allTrue(everything(conditions))}`;

/** Of these ids those that pass. */
export const selectedCustomers = (conditions: FilterConditions, externalUserIds: readonly string[]): SQL =>
  sql`${allCustomers(conditions)} AND l.external_user_id = ANY(${list(externalUserIds)})`;
