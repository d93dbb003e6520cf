import { and, eq, lt, sql } from 'drizzle-orm';
import { follows } from '../customers/customers.table.ts';
import type { Queryable } from '../database.ts';
import { claimedUntil, startClaim } from '../leases/claim-rows.ts';
import { wecomOutbox } from './wecom-sync.table.ts';

export type OwedWrite = {
  externalUserId: string;
  writeId: string;
  staffUserId: string;
  add: string[];
  remove: string[];
  attempts: number;
  fence: number;
  /** An earlier try may have reached WeCom: look before sending. */
  maybeDone: boolean;
  /** Whether our lease still lasts long enough to send it. */
  mayBegin: () => boolean;
};

/** A write is found by its customer: its id alone would be looked for in all of them. */
export type WriteKey = { externalUserId: string; writeId: string };

export async function insertWrite(db: Queryable, row: typeof wecomOutbox.$inferInsert): Promise<void> {
  await db.insert(wecomOutbox).values(row);
}

export async function findWrite(
  db: Queryable,
  { externalUserId, writeId }: WriteKey,
): Promise<{ status: 'waiting' | 'done' | 'refused' | 'unsure'; failure: string | null } | null> {
  const [row] = await db
    .select({ status: wecomOutbox.status, failure: wecomOutbox.failure })
    .from(wecomOutbox)
    .where(and(eq(wecomOutbox.externalUserId, externalUserId), eq(wecomOutbox.writeId, writeId)));
  return row ?? null;
}

/**
 * Takes writes for 60 s, by the database's clock: a process that dies gives them back, and whoever takes them then looks first whether they
 * were done. Two writes to one relation go in their order, so only the oldest of a relation can be taken.
 */
export async function takeWrites(db: Queryable, which: { limit: number } | WriteKey): Promise<OwedWrite[]> {
  const wanted =
    'writeId' in which
      ? sql`o.external_user_id = ${which.externalUserId} AND o.write_id = ${which.writeId} AND o.attempts = 0`
      : sql`o.next_attempt_at <= now()`;
  const limit = 'limit' in which ? which.limit : 1;
  const { mayBegin } = startClaim();
  const { rows } = await db.execute<{
    external_user_id: string;
    write_id: string;
    payload: { staffUserId: string; add: string[]; remove: string[] };
    attempts: number;
    fence: number;
    maybe_done: boolean;
  }>(sql`
    WITH due AS (
      SELECT o.external_user_id, o.write_id, o.maybe_done FROM wecom_outbox o
      WHERE o.status = 'waiting' AND ${wanted} AND NOT EXISTS (
        SELECT FROM wecom_outbox e WHERE e.corp_id = o.corp_id AND e.external_user_id = o.external_user_id AND e.status = 'waiting'
          AND e.payload ->> 'staffUserId' = o.payload ->> 'staffUserId' AND (e.created_at, e.write_id) < (o.created_at, o.write_id))
      ORDER BY o.next_attempt_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    UPDATE wecom_outbox o SET attempts = o.attempts + 1, fence = o.fence + 1, next_attempt_at = ${claimedUntil}, maybe_done = true
    FROM due WHERE o.external_user_id = due.external_user_id AND o.write_id = due.write_id
    RETURNING o.external_user_id, o.write_id, o.payload, o.attempts, o.fence, due.maybe_done`);
  return rows.map((row) => ({
    externalUserId: row.external_user_id,
    writeId: row.write_id,
    attempts: row.attempts,
    fence: row.fence,
    maybeDone: row.maybe_done,
    mayBegin,
    ...row.payload,
  }));
}

/** False when somebody else has taken it since. */
export async function settleWrite(
  db: Queryable,
  write: OwedWrite,
  end: { status: 'done' | 'refused' | 'unsure'; failure: string | null; now: Date },
): Promise<boolean> {
  const settled = await db
    .update(wecomOutbox)
    .set({ status: end.status, failure: end.failure, settledAt: end.now })
    .where(stillOurs(write))
    .returning({ writeId: wecomOutbox.writeId });
  return settled.length > 0;
}

export async function putOff(
  db: Queryable,
  write: OwedWrite,
  { inMs, failure, maybeDone }: { inMs: number; failure: string; maybeDone: boolean },
): Promise<void> {
  await db
    .update(wecomOutbox)
    .set({ nextAttemptAt: sql`now() + ${`${inMs} milliseconds`}::interval`, failure, maybeDone })
    .where(stillOurs(write));
}

const stillOurs = (write: OwedWrite) =>
  and(
    eq(wecomOutbox.externalUserId, write.externalUserId),
    eq(wecomOutbox.writeId, write.writeId),
    eq(wecomOutbox.status, 'waiting'),
    eq(wecomOutbox.fence, write.fence),
  );

/** What is settled explains itself for a while; an unsure one stays until somebody has looked. */
export async function pruneWrites(db: Queryable, before: Date): Promise<void> {
  await db.delete(wecomOutbox).where(and(lt(wecomOutbox.settledAt, before), sql`status IN ('done', 'refused')`));
}

/** A tag stays pending as long as any write that is still owed names it. */
const stillOwed = (write: OwedWrite) => sql`ARRAY(
  SELECT DISTINCT owed.tag_id FROM wecom_outbox o, jsonb_array_elements_text((o.payload -> 'add') || (o.payload -> 'remove')) AS owed(tag_id)
  WHERE o.status = 'waiting' AND o.external_user_id = ${write.externalUserId} AND o.payload ->> 'staffUserId' = ${write.staffUserId})`;

const relationOf = (write: OwedWrite) => and(eq(follows.externalUserId, write.externalUserId), eq(follows.staffUserId, write.staffUserId));

/** `now` as the time of our knowledge: an answer that WeCom gave before this write must not undo it. */
export async function acknowledgeTags(db: Queryable, write: OwedWrite, now: Date): Promise<void> {
  await db
    .update(follows)
    .set({ pendingTagIds: stillOwed(write), syncedAt: sql`greatest(${follows.syncedAt}, ${now.toISOString()}::timestamptz)` })
    .where(relationOf(write));
}

/** Nobody knows: what WeCom reports next is what counts. */
export async function endPendingTags(db: Queryable, write: OwedWrite): Promise<void> {
  await db
    .update(follows)
    .set({ pendingTagIds: stillOwed(write) })
    .where(relationOf(write));
}

/** What a person must look at: writes of which nobody can say whether WeCom has done them; and how much is on its way. */
export async function outboxState(db: Queryable): Promise<{ waiting: number; oldestSeconds: number; unsure: number }> {
  const { rows } = await db.execute<{ waiting: number; oldest: number; unsure: number }>(sql`
    SELECT count(*) FILTER (WHERE status = 'waiting')::int AS waiting,
      coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE status = 'waiting')), 0)::float8 AS oldest,
      count(*) FILTER (WHERE status = 'unsure')::int AS unsure
    FROM wecom_outbox WHERE status IN ('waiting', 'unsure')`);
  const [row] = rows;
  return { waiting: row?.waiting ?? 0, oldestSeconds: Math.max(0, row?.oldest ?? 0), unsure: row?.unsure ?? 0 };
}

/** Takes a refused change back, except for tags that a later change has touched again. */
export async function revertTags(db: Queryable, write: OwedWrite): Promise<void> {
  const owed = stillOwed(write);
  await db
    .update(follows)
    .set({
      tagIds: sql`ARRAY(
        SELECT t FROM unnest(${follows.tagIds}) t WHERE t <> ALL(${sql.param(write.add)}::text[]) OR t = ANY(${owed})
        UNION
        SELECT t FROM unnest(${sql.param(write.remove)}::text[]) t WHERE t <> ALL(${owed}))`,
      pendingTagIds: owed,
    })
    .where(relationOf(write));
}
