import { and, eq, isNotNull, lt, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { callbackInbox } from './wecom-callback.table.ts';

export const inboxChannel = 'nextline_callback';

export type ArrivedCallback = {
  corpId: string;
  payloadHash: string;
  xml: string;
  event: string;
  changeType: string | null;
  lane: string;
  receivedAt: Date;
  applyAfterMs: number;
};

/** One statement: kept and announced, or already there. The text of an event is its identity. */
export async function keepCallback(db: Queryable, row: ArrivedCallback): Promise<void> {
  const { corpId, payloadHash, xml, event, changeType, lane, receivedAt, applyAfterMs } = row;
  await db.execute(sql`
    WITH kept AS (
      INSERT INTO callback_inbox (corp_id, payload_hash, xml, event, change_type, lane, received_at, next_attempt_at)
      VALUES (${corpId}, ${payloadHash}, ${xml}, ${event}, ${changeType}, ${lane}, ${receivedAt.toISOString()}::timestamptz,
        now() + ${`${applyAfterMs} milliseconds`}::interval)
      ON CONFLICT DO NOTHING RETURNING 1)
    SELECT pg_notify(${inboxChannel}, ${corpId}) FROM kept`);
}

export type TakenCallback = { payloadHash: string; xml: string; lane: string; attempts: number };

/**
 * Takes events for 60 s by the database's clock; `attempts` is the fence. Of a lane only the oldest waiting event can be taken, which keeps
 * its order. Events that carry a welcome code come first: the code dies after 20 s.
 */
export async function takeCallbacks(db: Queryable, limit: number): Promise<TakenCallback[]> {
  const { rows } = await db.execute<{ payload_hash: string; xml: string; lane: string; attempts: number }>(sql`
    WITH due AS (
      SELECT i.payload_hash FROM callback_inbox i
      WHERE i.status = 'waiting' AND i.next_attempt_at <= now() AND NOT EXISTS (
        SELECT FROM callback_inbox e WHERE e.corp_id = i.corp_id AND e.lane = i.lane AND e.status = 'waiting'
          AND (e.received_at, e.payload_hash) < (i.received_at, i.payload_hash))
      ORDER BY i.change_type IN ('add_external_contact', 'add_half_external_contact', 'msg_audit_approved') DESC NULLS LAST, i.received_at
      LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    UPDATE callback_inbox i SET attempts = i.attempts + 1, next_attempt_at = now() + interval '60 seconds'
    FROM due WHERE i.payload_hash = due.payload_hash
    RETURNING i.payload_hash, i.xml, i.lane, i.attempts`);
  return rows.map((row) => ({ payloadHash: row.payload_hash, xml: row.xml, lane: row.lane, attempts: row.attempts }));
}

const stillOurs = (taken: TakenCallback) =>
  and(eq(callbackInbox.payloadHash, taken.payloadHash), eq(callbackInbox.status, 'waiting'), eq(callbackInbox.attempts, taken.attempts));

/** A taker that comes back after its 60 s finds the event with somebody else and changes nothing. */
export async function settleCallback(
  db: Queryable,
  taken: TakenCallback,
  end: { status: 'applied' | 'kept' | 'dead'; failure: string | null; now: Date },
): Promise<void> {
  await db.update(callbackInbox).set({ status: end.status, failure: end.failure, settledAt: end.now }).where(stillOurs(taken));
}

export async function retryCallback(db: Queryable, taken: TakenCallback, inMs: number, failure: string): Promise<void> {
  await db
    .update(callbackInbox)
    .set({ nextAttemptAt: sql`now() + ${`${inMs} milliseconds`}::interval`, failure })
    .where(stillOurs(taken));
}

export async function inboxState(db: Queryable): Promise<{ waiting: number; oldestSeconds: number; dead: number }> {
  const { rows } = await db.execute<{ waiting: number; oldest: number; dead: number }>(sql`
    SELECT count(*) FILTER (WHERE status = 'waiting')::int AS waiting,
      coalesce(extract(epoch FROM now() - min(received_at) FILTER (WHERE status = 'waiting')), 0)::float8 AS oldest,
      count(*) FILTER (WHERE status = 'dead')::int AS dead
    FROM callback_inbox WHERE status IN ('waiting', 'dead')`);
  const [row] = rows;
  return { waiting: row?.waiting ?? 0, oldestSeconds: Math.max(0, row?.oldest ?? 0), dead: row?.dead ?? 0 };
}

/** Settled events older than this can no longer come again. The dead stay until somebody has looked at them. */
export async function pruneInbox(db: Queryable, before: Date): Promise<void> {
  await db
    .delete(callbackInbox)
    .where(
      and(isNotNull(callbackInbox.settledAt), lt(callbackInbox.settledAt, before), sql`${callbackInbox.status} IN ('applied', 'kept')`),
    );
}
