import { sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import type { CustomerTable } from './customer-tables.ts';

const hers = ({ table, column }: CustomerTable, externalUserId: string) =>
  sql`${sql.identifier(table)} t WHERE t.${sql.identifier(column?.name ?? 'external_user_id')} = ${column?.valueOf(externalUserId) ?? externalUserId}`;

/** Her rows of one table, as they are. */
export async function readRows(db: Queryable, table: CustomerTable, externalUserId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await db.execute<{ row: Record<string, unknown> }>(
    sql`SELECT to_jsonb(t) - 'corp_id' AS row FROM ${hers(table, externalUserId)}`,
  );
  return rows.map(({ row }) => row);
}

export async function countRows(db: Queryable, table: CustomerTable, externalUserId: string): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`SELECT count(*)::int AS n FROM ${hers(table, externalUserId)}`);
  return rows[0]?.n ?? 0;
}

/** Answers how many. */
export async function deleteRows(tx: Queryable, table: CustomerTable, externalUserId: string): Promise<number> {
  const { rowCount } = await tx.execute(sql`DELETE FROM ${hers(table, externalUserId)}`);
  return rowCount ?? 0;
}

/** The lock that whoever writes about her takes first. Answers her name; null when she is not there. */
export async function lockCustomer(tx: Queryable, externalUserId: string): Promise<string | null> {
  await tx.execute(sql`SELECT FROM touch_summaries WHERE external_user_id = ${externalUserId} FOR UPDATE`);
  const { rows } = await tx.execute<{ name: string }>(
    sql`SELECT name FROM customers WHERE external_user_id = ${externalUserId} FOR UPDATE`,
  );
  return rows[0]?.name ?? null;
}
