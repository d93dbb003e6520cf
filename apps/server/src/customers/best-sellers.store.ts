import { sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';

/** Names of what was bought most often since then. */
export async function readBestSellers(db: Queryable, since: Date, limit: number): Promise<string[]> {
  const { rows } = await db.execute<{ name: string }>(sql`
    SELECT o.items -> 0 ->> 'name' AS name FROM orders o
    WHERE o.ordered_at >= ${since.toISOString()}::timestamptz AND o.items -> 0 ->> 'name' <> ''
    GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${limit}`);
  return rows.map((row) => row.name);
}
