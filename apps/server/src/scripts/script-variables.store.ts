import { sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';

/** Names of the brand's own facts about customers, as a sample of them tells: the field is free, and all customers are too many to read. */
export async function readCustomFieldNames(db: Queryable): Promise<string[]> {
  const { rows } = await db.execute<{ name: string }>(sql`
    SELECT DISTINCT jsonb_object_keys(custom_fields) AS name
    FROM (SELECT custom_fields FROM customers WHERE custom_fields <> '{}'::jsonb LIMIT 500) AS sample LIMIT 200`);
  return rows.map(({ name }) => name);
}
