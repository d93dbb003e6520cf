import { sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { fact } from './list-conditions.ts';

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

const written = ['engaged_at', 'followed_at', 'stage', 'guide', 'bits', 'letters', 'facets', 'others', 'search', 'given'];

/**
 * Who is missing among the next customers by id, and where to go on; null after the last one. Whoever is not in the list, or has several contacts and a row that was written before it
 * said which of them gave what. So many are looked at, not found: else one statement could read them all.
 */
export async function findUnlisted(db: Queryable, after: string, most: number): Promise<{ missing: string[]; last: string } | null> {
  const { rows } = await db.execute<{ missing: string[]; last: string | null }>(sql`
    WITH next_ones AS MATERIALIZED (SELECT corp_id, external_user_id FROM customers WHERE external_user_id > ${after} ORDER BY corp_id, external_user_id LIMIT ${most})
    SELECT max(n.external_user_id) AS last, coalesce(array_agg(n.external_user_id) FILTER (WHERE NOT EXISTS (
      SELECT FROM customer_list l WHERE l.corp_id = n.corp_id AND l.external_user_id = n.external_user_id
        AND (l.given IS NOT NULL OR l.bits & ${fact.oneContact} = ${fact.oneContact}))), '{}') AS missing FROM next_ones n`);
  const [{ missing, last } = { missing: [], last: null }] = rows;
  return last === null ? null : { missing, last };
}

export async function isFilled(db: Queryable, form: number): Promise<boolean> {
  const { rows } = await db.execute(sql`SELECT FROM customer_list_fills WHERE form = ${form}`);
  return rows.length > 0;
}

export async function markFilled(db: Queryable, corpId: string, form: number, now: Date): Promise<void> {
  await db.execute(sql`INSERT INTO customer_list_fills (corp_id, form, filled_at) VALUES (${corpId}, ${form}, ${now.toISOString()}::timestamptz)
    ON CONFLICT (corp_id) DO UPDATE SET form = excluded.form, filled_at = excluded.filled_at`);
}

/** How many are in the list and how many there are. Reads a million rows. */
export async function listSizes(db: Queryable): Promise<{ listed: number; of: number }> {
  const { rows } = await db.execute<{ listed: number; of: number }>(
    sql`SELECT (SELECT count(*)::int FROM customer_list) AS listed, (SELECT count(*)::int FROM customers) AS of`,
  );
  return rows[0] ?? { listed: 0, of: 0 };
}

const facets = sql.raw(`
  SELECT unnest(r.contacts)
  UNION SELECT nextline_facet('source:' || CASE WHEN f.state <> '' AND f.add_way IN (0, 1) THEN CASE WHEN f.state LIKE 'store%' THEN 'store-code' ELSE 'code' END
      ELSE f.add_way::text END) FROM follows f WHERE f.corp_id = c.corp_id AND f.external_user_id = c.external_user_id
  UNION SELECT nextline_facet('tag:' || t.tag_id) FROM follows f, unnest(f.tag_ids) AS t(tag_id)
    WHERE f.corp_id = c.corp_id AND f.external_user_id = c.external_user_id AND f.ended_at IS NULL
  ORDER BY 1`);

/** As `letterBits` (list-conditions.ts). */
const letters = sql.raw(`
  SELECT coalesce(bit_or(1::bigint << ascii(letter) % 63), 0) FROM string_to_table(r.search, NULL) AS letter`);

/** What is found by the index besides, and otherwise told by a column of its own: the rare answers, and the letters and pairs of letters of a name. */
const searched = sql.raw(`
  SELECT nextline_facet('stage:' || coalesce(c.stage_id, 'none'))
  UNION ALL SELECT nextline_facet(CASE WHEN o.any THEN 'order:yes' ELSE 'order:no' END)
  UNION ALL SELECT nextline_facet('marketing:no') WHERE c.opted_out_at IS NOT NULL
  UNION ALL SELECT nextline_facet('relation:ended') WHERE NOT r.alive
  UNION ALL SELECT DISTINCT nextline_facet('n:' || substr(r.search, i, n)) FROM generate_series(1, length(r.search)) i, (VALUES (1), (2)) AS long(n)`);

/** Who gave what, where more than one can have. */
const given = sql.raw(`
  CASE WHEN cardinality(r.contacts) <> 1 THEN ARRAY(SELECT nextline_facet('given:' || f.staff_user_id || ':' || t.tag_id) FROM follows f, unnest(f.tag_ids) AS t(tag_id)
    WHERE f.corp_id = c.corp_id AND f.external_user_id = c.external_user_id AND f.ended_at IS NULL ORDER BY 1) END`);

/** Writes the rows of these customers anew; who is not there any more leaves the list. `OFFSET 0`: or the facets are gathered once for each place where they stand. */
export async function writeList(tx: Queryable, externalUserIds: string[]): Promise<void> {
  if (externalUserIds.length === 0) return;
  const these = sql`ANY(${sql.param(externalUserIds)}::text[])`;
  await tx.execute(
    sql`DELETE FROM customer_list l WHERE l.external_user_id = ${these}
      AND NOT EXISTS (SELECT FROM customers c WHERE c.corp_id = l.corp_id AND c.external_user_id = l.external_user_id)`,
  );
  const columns = sql.raw(written.join(', '));
  const setAll = sql.raw(written.map((column) => `${column} = excluded.${column}`).join(', '));
  await tx.execute(sql`
    INSERT INTO customer_list AS l (corp_id, external_user_id, ${columns})
    SELECT c.corp_id, c.external_user_id, coalesce(c.last_engaged_at, 'epoch'), r.followed_at, nextline_facet('stage:' || coalesce(c.stage_id, 'none')),
      coalesce(r.contacts[1], 0),
      (SELECT coalesce(bit_or(nextline_facet_bit(facet)), 0) FROM unnest(p.facets) AS facet) | CASE WHEN c.opted_out_at IS NULL THEN 0 ELSE ${fact.optedOut} END
        | CASE WHEN o.any THEN ${fact.hasOrder} ELSE 0 END
        | CASE WHEN r.alive THEN ${fact.alive} ELSE 0 END | CASE WHEN cardinality(r.contacts) = 1 THEN ${fact.oneContact} ELSE 0 END,
      (${letters}), p.facets || ARRAY(${searched}), coalesce(r.contacts[2:], '{}'), r.search, ${given}
    FROM customers c
    CROSS JOIN LATERAL (
      SELECT coalesce(max(f.followed_at) FILTER (WHERE f.ended_at IS NULL), max(f.followed_at), 'epoch') AS followed_at,
        coalesce(bool_or(f.ended_at IS NULL), false) AS alive,
        coalesce(array_agg(nextline_facet(CASE WHEN f.ended_at IS NULL THEN 'guide:' ELSE 'left:' END || f.staff_user_id) ORDER BY f.ended_at IS NULL DESC, f.staff_user_id)
          FILTER (WHERE f.staff_user_id IS NOT NULL), '{}') AS contacts,
        left(lower(concat_ws(E'\n', c.name, string_agg(nullif(f.remark, ''), E'\n' ORDER BY f.staff_user_id))), 160) AS search
      FROM follows f WHERE f.corp_id = c.corp_id AND f.external_user_id = c.external_user_id) r
    CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM orders o WHERE o.corp_id = c.corp_id AND o.external_user_id = c.external_user_id) AS any OFFSET 0) o
    CROSS JOIN LATERAL (SELECT ARRAY(${facets}) AS facets OFFSET 0) p
    WHERE c.external_user_id = ${these}
    ON CONFLICT (corp_id, external_user_id) DO UPDATE SET ${setAll} WHERE (${sql.raw(written.map((column) => `l.${column}`).join(', '))})
      IS DISTINCT FROM (${sql.raw(written.map((column) => `excluded.${column}`).join(', '))})`);
}
