import { sql } from 'drizzle-orm';
import type { CustomerScope } from '../customers/filter-conditions.ts';
import type { Queryable } from '../database.ts';

/** tag id → customers who wear it now, with anybody; with somebody of the scope. */
export async function countWearers(db: Queryable, scope: CustomerScope): Promise<Map<string, number>> {
  const own = scope === null ? sql`` : sql`AND f.staff_user_id = ANY(${sql.param([...scope])}::text[])`;
  const { rows } = await db.execute<{ tag_id: string; n: number }>(sql`
    SELECT t.tag_id, count(DISTINCT f.external_user_id)::int AS n FROM follows f, unnest(f.tag_ids) AS t(tag_id) WHERE f.ended_at IS NULL ${own} GROUP BY 1`);
  return new Map(rows.map((row) => [row.tag_id, row.n]));
}
