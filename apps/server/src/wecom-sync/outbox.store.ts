import { and, eq, sql } from 'drizzle-orm';
import { follows } from '../customers/customers.table.ts';
import type { Queryable } from '../database.ts';
import { wecomOutbox } from './wecom-sync.table.ts';

export type OwedWrite = {
  externalUserId: string;
  writeId: string;
  staffUserId: string;
  add: string[];
  remove: string[];
  attempts: number;
};

export async function insertWrite(db: Queryable, row: typeof wecomOutbox.$inferInsert): Promise<void> {
  await db.insert(wecomOutbox).values(row);
}

export async function findWrite(
  db: Queryable,
  writeId: string,
): Promise<{ status: 'waiting' | 'done' | 'refused' | 'unsure'; failure: string | null } | null> {
  const [row] = await db
    .select({ status: wecomOutbox.status, failure: wecomOutbox.failure })
    .from(wecomOutbox)
    .where(eq(wecomOutbox.writeId, writeId));
  return row ?? null;
}

/**
 * Takes writes for 60 s, by the database's clock: a process that dies gives them back. Two writes to one relation go in their order, so
 * only the oldest of a relation can be taken. `attempts` is the fence: who comes back later than another taker finds it changed.
 */
export async function takeWrites(db: Queryable, which: { limit: number } | { writeId: string }): Promise<OwedWrite[]> {
  const wanted = 'writeId' in which ? sql`o.write_id = ${which.writeId} AND o.attempts = 0` : sql`o.next_attempt_at <= now()`;
  const limit = 'limit' in which ? which.limit : 1;
  const { rows } = await db.execute<{
    external_user_id: string;
    write_id: string;
    payload: { staffUserId: string; add: string[]; remove: string[] };
    attempts: number;
  }>(sql`
    WITH due AS (
      SELECT o.external_user_id, o.write_id FROM wecom_outbox o
      WHERE o.status = 'waiting' AND ${wanted} AND NOT EXISTS (
        SELECT FROM wecom_outbox e WHERE e.corp_id = o.corp_id AND e.external_user_id = o.external_user_id AND e.status = 'waiting'
          AND e.payload ->> 'staffUserId' = o.payload ->> 'staffUserId' AND (e.created_at, e.write_id) < (o.created_at, o.write_id))
      ORDER BY o.next_attempt_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    UPDATE wecom_outbox o SET attempts = o.attempts + 1, next_attempt_at = now() + interval '60 seconds'
    FROM due WHERE o.external_user_id = due.external_user_id AND o.write_id = due.write_id
    RETURNING o.external_user_id, o.write_id, o.payload, o.attempts`);
  return rows.map((row) => ({ externalUserId: row.external_user_id, writeId: row.write_id, attempts: row.attempts, ...row.payload }));
}

/** False when somebody else has taken it since. */
export async function settleWrite(
  db: Queryable,
  write: OwedWrite,
  end: { status: 'done' | 'refused'; failure: string | null; now: Date },
): Promise<boolean> {
  const settled = await db
    .update(wecomOutbox)
    .set({ status: end.status, failure: end.failure, settledAt: end.now })
    .where(stillOurs(write))
    .returning({ writeId: wecomOutbox.writeId });
  return settled.length > 0;
}

export async function putOff(db: Queryable, write: OwedWrite, inMs: number, failure: string): Promise<void> {
  await db
    .update(wecomOutbox)
    .set({ nextAttemptAt: sql`now() + ${`${inMs} milliseconds`}::interval`, failure })
    .where(stillOurs(write));
}

const stillOurs = (write: OwedWrite) =>
  and(
    eq(wecomOutbox.externalUserId, write.externalUserId),
    eq(wecomOutbox.writeId, write.writeId),
    eq(wecomOutbox.status, 'waiting'),
    eq(wecomOutbox.attempts, write.attempts),
  );

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
