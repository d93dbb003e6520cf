import type { CallbackState, KeptCallback } from '@nextline/contract';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import type { Sentence } from '../sentence.ts';
import { inboxChannel } from './inbox.store.ts';
import { callbackInbox } from './wecom-callback.table.ts';

const columns = {
  payloadHash: callbackInbox.payloadHash,
  event: callbackInbox.event,
  changeType: callbackInbox.changeType,
  lane: callbackInbox.lane,
  // Names written out: in a select from one table the columns of a fragment lose theirs, and would be those of the inner table.
  name: sql<string | null>`CASE
    WHEN callback_inbox.lane LIKE 'customer:%' THEN (SELECT c.name FROM customers c
      WHERE c.corp_id = callback_inbox.corp_id AND c.external_user_id = substr(callback_inbox.lane, length('customer:') + 1))
    WHEN callback_inbox.lane LIKE 'staff:%' THEN (SELECT s.name FROM staff s
      WHERE s.corp_id = callback_inbox.corp_id AND s.staff_user_id = substr(callback_inbox.lane, length('staff:') + 1))
    END`,
  state: callbackInbox.status,
  receivedAt: callbackInbox.receivedAt,
  nextAttemptAt: callbackInbox.nextAttemptAt,
  settledAt: callbackInbox.settledAt,
  attempts: callbackInbox.attempts,
  failure: callbackInbox.failure,
};

/** As the contract has it, in both languages. */
export type StoredCallback = Omit<KeptCallback, 'failure'> & { failure: Sentence | null };
type Row = Omit<StoredCallback, 'receivedAt' | 'nextAttemptAt' | 'settledAt'> & {
  receivedAt: Date;
  nextAttemptAt: Date;
  settledAt: Date | null;
};

const view = (row: Row): StoredCallback => ({
  ...row,
  receivedAt: row.receivedAt.toISOString(),
  nextAttemptAt: row.nextAttemptAt.toISOString(),
  settledAt: row.settledAt?.toISOString() ?? null,
});

export async function listCallbacks(
  db: Queryable,
  { state, before, limit }: { state: CallbackState; before: { receivedAt: Date; payloadHash: string } | null; limit: number },
): Promise<StoredCallback[]> {
  const older =
    before && sql`(received_at, payload_hash) < (${before.receivedAt.toISOString()}::timestamptz, ${before.payloadHash}::text COLLATE "C")`;
  const rows = await db
    .select(columns)
    .from(callbackInbox)
    // Written out, so that the partial index of the state can be used.
    .where(and(sql.raw(`status = '${state}'`), older ?? undefined))
    .orderBy(desc(callbackInbox.receivedAt), desc(callbackInbox.payloadHash))
    .limit(limit);
  return rows.map(view);
}

export async function findCallback(db: Queryable, payloadHash: string): Promise<StoredCallback | null> {
  const [row] = await db.select(columns).from(callbackInbox).where(eq(callbackInbox.payloadHash, payloadHash));
  return row ? view(row) : null;
}

export async function findXml(db: Queryable, payloadHash: string): Promise<string | null> {
  const [row] = await db.select({ xml: callbackInbox.xml }).from(callbackInbox).where(eq(callbackInbox.payloadHash, payloadHash));
  return row?.xml ?? null;
}

/** From the beginning: as if it had just come. Its fence stays, so that whoever has it in hand cannot settle the next taker's work. */
const inLine = {
  status: 'waiting',
  attempts: 0,
  unreturned: 0,
  nextAttemptAt: sql`clock_timestamp()`,
  settledAt: null,
  failure: null,
} as const;

/** False when there is no such callback. Workers are told when the transaction ends. */
export async function putInLine(tx: Queryable, corpId: string, payloadHash: string): Promise<boolean> {
  const put = await tx
    .update(callbackInbox)
    .set(inLine)
    .where(eq(callbackInbox.payloadHash, payloadHash))
    .returning({ payloadHash: callbackInbox.payloadHash });
  if (put.length > 0) await tx.execute(sql`SELECT pg_notify(${inboxChannel}, ${corpId})`);
  return put.length > 0;
}

/** How many there were. */
export async function putDeadInLine(tx: Queryable, corpId: string): Promise<number> {
  const { rowCount } = await tx
    .update(callbackInbox)
    .set(inLine)
    .where(sql`status = 'dead'`);
  if ((rowCount ?? 0) > 0) await tx.execute(sql`SELECT pg_notify(${inboxChannel}, ${corpId})`);
  return rowCount ?? 0;
}
