import { inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { touchSummaries } from './customers.table.ts';
import { forgottenCustomers } from './forgotten-customers.table.ts';

export async function insertForgotten(tx: Queryable, corpId: string, customerHash: string, forgottenAt: Date): Promise<void> {
  await tx
    .insert(forgottenCustomers)
    .values({ corpId, customerHash, forgottenAt })
    .onConflictDoUpdate({ target: [forgottenCustomers.corpId, forgottenCustomers.customerHash], set: { forgottenAt } });
}

/** hash → when; of those that are asked for. */
export async function readForgotten(db: Queryable, hashes: string[]): Promise<Map<string, Date>> {
  if (hashes.length === 0) return new Map();
  const { customerHash, forgottenAt } = forgottenCustomers;
  const rows = await db.select({ customerHash, forgottenAt }).from(forgottenCustomers).where(inArray(customerHash, hashes));
  return new Map(rows.map((row) => [row.customerHash, row.forgottenAt]));
}

/** The rows that a sync has just made to lock somebody whom it then does not store. */
export async function dropSummaries(tx: Queryable, externalUserIds: string[]): Promise<void> {
  await tx.delete(touchSummaries)
    .where(sql`${inArray(touchSummaries.externalUserId, externalUserIds)} AND NOT EXISTS (SELECT FROM customers c
      WHERE c.corp_id = ${touchSummaries.corpId} AND c.external_user_id = ${touchSummaries.externalUserId})`);
}
