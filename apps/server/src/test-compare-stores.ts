import { sql } from 'drizzle-orm';
import type { Queryable } from './database.ts';

/** A bar that is about to leave the 28 days was written by a store that was filled a minute ago, and is not by one that is filled now. */
const stillDrawn = (pulse: string) =>
  `(SELECT jsonb_object_agg(day, bar) FROM jsonb_each(${pulse}) AS d (day, bar) WHERE day::int > (current_date - date '1970-01-01') - 27)`;

/**
 * What a store knows, table by table. Left out: when a row was last read, and for a relation that is over what it said before (no longer to
 * be asked) and when it ended, which whoever missed the callback cannot know; that is compared for ends by the customer only.
 */
const tables: Record<string, string> = {
  corps: `SELECT corp_id AS key, name, time_zone FROM corps`,
  departments: `SELECT department_id AS key, parent_id, name, position FROM departments`,
  stores: `SELECT store_id AS key, department_id, region, name FROM stores`,
  staff: `SELECT staff_user_id AS key, name, alias, avatar_url, position, department_ids, store_id, role, follows_customers,
    left_at IS NULL AS present FROM staff`,
  tag_groups: `SELECT group_id AS key, name, position FROM tag_groups g
    WHERE EXISTS (SELECT FROM tags t WHERE t.corp_id = g.corp_id AND t.group_id = g.group_id AND t.deleted_at IS NULL)`,
  tags: `SELECT tag_id AS key, group_id, name, pinyin, position FROM tags WHERE deleted_at IS NULL`,
  customers: `SELECT external_user_id AS key, name, avatar_url, type, gender, union_id, corp_name, stage_id, last_engaged_at, opted_out_at,
    custom_fields FROM customers`,
  follows: `SELECT external_user_id || ' ' || staff_user_id AS key, add_way, state, followed_at, ended_by, ended_at IS NULL AS alive,
    CASE WHEN ended_by = 'customer' THEN ended_at END AS left_by_customer_at,
    CASE WHEN ended_at IS NULL THEN jsonb_build_array(remark, description, mobiles, pending_tag_ids,
      ARRAY(SELECT t FROM unnest(tag_ids) t ORDER BY t COLLATE "C")) END AS says FROM follows`,
  outcomes: `SELECT outcome_id::text AS key, external_user_id, kind, staff_user_id, summary, occurred_at FROM outcomes`,
  touch_summaries: `SELECT external_user_id AS key, recent_touches, marketing_touched_at, sent_scripts, ${stillDrawn('pulse_customer')} AS pulse_customer,
    ${stillDrawn('pulse_us')} AS pulse_us, reply_hours, open_question, last_order FROM touch_summaries`,
  tasks: `SELECT task_id::text AS key, external_user_id, staff_user_id, status, due_at FROM tasks`,
  sends: `SELECT send_id::text AS key, external_user_id, staff_user_id FROM sends`,
  touches: `SELECT touch_id::text AS key, external_user_id, staff_user_id, touched_at FROM touches`,
};

export type Difference = { table: string; key: string; one: string | null; other: string | null };
export type Comparison = { rows: Record<string, number>; differences: Difference[] };

/** Rows by key, each written out as text. */
async function contents(db: Queryable, query: string): Promise<Map<string, string>> {
  const { rows } = await db.execute<{ key: string; row: unknown }>(
    sql`SELECT t.key, to_jsonb(t) AS row FROM (${sql.raw(query)}) t ORDER BY t.key COLLATE "C"`,
  );
  return new Map(rows.map(({ key, row }) => [key, JSON.stringify(row)]));
}

/** Compares two stores table by table; `rows` says how many each table holds in the first. */
export async function compareStores(one: Queryable, other: Queryable): Promise<Comparison> {
  const rows: Record<string, number> = {};
  const differences: Difference[] = [];
  for (const [table, query] of Object.entries(tables)) {
    const [mine, theirs] = await Promise.all([contents(one, query), contents(other, query)]);
    rows[table] = mine.size;
    for (const key of new Set([...mine.keys(), ...theirs.keys()])) {
      const [a, b] = [mine.get(key) ?? null, theirs.get(key) ?? null];
      if (a !== b) differences.push({ table, key, one: a, other: b });
    }
  }
  return { rows, differences };
}
