import { sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';

/** Held to the end of the transaction: one at a time brings the list up to date, so that no older state is written over a newer one. */
export async function lockList(tx: Queryable, corpId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`customer list of ${corpId}`}, 0))`);
}

export async function listIsBehind(db: Queryable): Promise<boolean> {
  const { rows } = await db.execute<{ behind: boolean }>(sql`SELECT EXISTS (SELECT FROM customer_list_queue) AS behind`);
  return rows[0]?.behind ?? false;
}

/** Takes customers off the queue, with all that is queued for them. */
export async function takeBehind(tx: Queryable, most: number): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    WITH taken AS (DELETE FROM customer_list_queue WHERE external_user_id IN
      (SELECT DISTINCT external_user_id FROM customer_list_queue ORDER BY 1 LIMIT ${most}) RETURNING external_user_id)
    SELECT DISTINCT external_user_id AS id FROM taken ORDER BY 1`);
  return rows.map((row) => row.id);
}

/** A list that was never written, beside customers that are there: an installation that is older than the list. */
export async function queueAllIfListIsEmpty(db: Queryable): Promise<void> {
  await db.execute(sql`
    INSERT INTO customer_list_queue (corp_id, external_user_id)
    SELECT corp_id, external_user_id FROM customers WHERE NOT EXISTS (SELECT FROM customer_list) AND NOT EXISTS (SELECT FROM customer_list_queue)`);
}

const pairs = sql.raw(`
  SELECT 'stage:' || coalesce(c.stage_id, 'none')
  UNION ALL SELECT CASE WHEN c.opted_out_at IS NULL THEN 'marketing:yes' ELSE 'marketing:no' END
  UNION ALL SELECT CASE WHEN r.alive THEN 'relation:alive' ELSE 'relation:ended' END
  UNION ALL SELECT CASE WHEN EXISTS (SELECT FROM orders o WHERE o.corp_id = c.corp_id AND o.external_user_id = c.external_user_id)
    THEN 'order:yes' ELSE 'order:no' END
  UNION ALL SELECT unnest(ARRAY[
      CASE WHEN f.ended_at IS NULL THEN 'guide:' ELSE 'left:' END || f.staff_user_id,
      'source:' || CASE WHEN f.state <> '' AND f.add_way IN (0, 1) THEN CASE WHEN f.state LIKE 'store%' THEN 'store-code' ELSE 'code' END
        ELSE f.add_way::text END]) FROM follows f WHERE f.corp_id = c.corp_id AND f.external_user_id = c.external_user_id
  UNION ALL SELECT 'tag:' || t.tag_id FROM follows f, unnest(f.tag_ids) AS t(tag_id)
    WHERE f.corp_id = c.corp_id AND f.external_user_id = c.external_user_id AND f.ended_at IS NULL
  UNION ALL SELECT unnest(ARRAY['n:' || substr(r.search, i, 1), 'n:' || substr(r.search, i, 2)]) FROM generate_series(1, length(r.search)) i`);

/**
 * Writes the rows of these customers anew; who is not there any more leaves the list. `n:` are the letters and pairs of letters of name and remarks: what a search
 * for part of a name asks the index for.
 */
export async function writeList(tx: Queryable, externalUserIds: string[]): Promise<void> {
  if (externalUserIds.length === 0) return;
  const these = sql`ANY(${sql.param(externalUserIds)}::text[])`;
  await tx.execute(
    sql`DELETE FROM customer_list l WHERE l.external_user_id = ${these}
      AND NOT EXISTS (SELECT FROM customers c WHERE c.corp_id = l.corp_id AND c.external_user_id = l.external_user_id)`,
  );
  await tx.execute(sql`
    INSERT INTO customer_list AS l (corp_id, external_user_id, engaged_at, followed_at, facets, search)
    SELECT c.corp_id, c.external_user_id, coalesce(c.last_engaged_at, 'epoch'), r.followed_at, p.facets, r.search
    FROM customers c
    CROSS JOIN LATERAL (
      SELECT coalesce(max(f.followed_at) FILTER (WHERE f.ended_at IS NULL), max(f.followed_at), 'epoch') AS followed_at,
        coalesce(bool_or(f.ended_at IS NULL), false) AS alive,
        left(lower(concat_ws(E'\n', c.name, string_agg(nullif(f.remark, ''), E'\n' ORDER BY f.staff_user_id))), 160) AS search
      FROM follows f WHERE f.corp_id = c.corp_id AND f.external_user_id = c.external_user_id) r
    CROSS JOIN LATERAL (SELECT array_agg(DISTINCT pair COLLATE "C") AS facets FROM (${pairs}) x(pair)) p
    WHERE c.external_user_id = ${these}
    ON CONFLICT (corp_id, external_user_id) DO UPDATE
      SET engaged_at = excluded.engaged_at, followed_at = excluded.followed_at, facets = excluded.facets, search = excluded.search
      WHERE (l.engaged_at, l.followed_at, l.facets, l.search) IS DISTINCT FROM (excluded.engaged_at, excluded.followed_at, excluded.facets, excluded.search)`);
}
