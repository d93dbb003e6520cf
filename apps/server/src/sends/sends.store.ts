import { and, asc, eq, lt, sql } from 'drizzle-orm';
import { customers, touchSummaries } from '../customers/customers.table.ts';
import type { TouchSummary } from '../customers/touch-summary.ts';
import type { Queryable } from '../database.ts';
import { customerNotFound } from '../errors.ts';
import { sends, touches } from './sends.table.ts';

export type StoredSend = typeof sends.$inferSelect;

/**
 * The customer's lock: whoever counts or writes a touch holds this row to the end of the transaction. The row is made when nothing has happened
 * to her yet, so that the first two sends take turns as well; but not for somebody whose data were deleted meanwhile (a file may travel for minutes
 * before a send is written): what is written then nobody could find and delete again.
 */
export async function lockSummary(tx: Queryable, corpId: string, externalUserId: string): Promise<TouchSummary> {
  const lock = () =>
    tx
      .select()
      .from(touchSummaries)
      .where(and(eq(touchSummaries.corpId, corpId), eq(touchSummaries.externalUserId, externalUserId)))
      .for('update');
  let [row] = await lock();
  if (row === undefined) {
    // Held against a deletion that has begun and holds her row, or begins now.
    await tx.execute(sql`
      INSERT INTO touch_summaries (corp_id, external_user_id)
      SELECT c.corp_id, c.external_user_id FROM customers c WHERE c.corp_id = ${corpId} AND c.external_user_id = ${externalUserId} FOR KEY SHARE
      ON CONFLICT DO NOTHING`);
    [row] = await lock();
  }
  if (row === undefined) throw customerNotFound();
  const { corpId: _corp, externalUserId: _customer, ...summary } = row;
  return summary;
}

export async function saveSummary(tx: Queryable, externalUserId: string, summary: TouchSummary): Promise<void> {
  await tx.update(touchSummaries).set(summary).where(eq(touchSummaries.externalUserId, externalUserId));
}

export async function readOptedOutAt(tx: Queryable, externalUserId: string): Promise<Date | null> {
  const [row] = await tx.select({ optedOutAt: customers.optedOutAt }).from(customers).where(eq(customers.externalUserId, externalUserId));
  return row?.optedOutAt ?? null;
}

export async function findSend(db: Queryable, externalUserId: string, sendId: string): Promise<StoredSend | null> {
  const [row] = await db
    .select()
    .from(sends)
    .where(and(eq(sends.externalUserId, externalUserId), eq(sends.sendId, sendId)));
  return row ?? null;
}

/** What has been open since before `since`, the longest first. */
export async function readOpenSince(
  db: Queryable,
  since: Date,
  limit: number,
): Promise<{ externalUserId: string; sendId: string; staffUserId: string }[]> {
  const { externalUserId, sendId, staffUserId, startedAt } = sends;
  return (
    db
      .select({ externalUserId, sendId, staffUserId })
      .from(sends)
      // As the index over open sends spells it.
      .where(and(sql`state = 'open'`, lt(startedAt, since)))
      .orderBy(asc(startedAt))
      .limit(limit)
  );
}

/** False when it is there already: the same tap came twice at once. */
export async function insertSend(tx: Queryable, send: StoredSend): Promise<boolean> {
  const inserted = await tx.insert(sends).values(send).onConflictDoNothing().returning({ sendId: sends.sendId });
  return inserted.length > 0;
}

export async function saveProgress(tx: Queryable, send: StoredSend): Promise<void> {
  const { parts, state, settledAt, startedAt, holderId, heldUntil } = send;
  await tx
    .update(sends)
    .set({ parts, state, settledAt, startedAt, holderId, heldUntil })
    .where(and(eq(sends.externalUserId, send.externalUserId), eq(sends.sendId, send.sendId)));
}

export async function insertTouch(tx: Queryable, touch: typeof touches.$inferInsert): Promise<void> {
  await tx.insert(touches).values(touch);
}
