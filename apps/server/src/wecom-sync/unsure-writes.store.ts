import { and, count, eq, isNull, sql } from 'drizzle-orm';
import { customers, follows } from '../customers/customers.table.ts';
import type { Queryable } from '../database.ts';
import { staff } from '../identity/identity.table.ts';
import { tags } from '../tags/tags.table.ts';
import type { WriteKey } from './outbox.store.ts';
import { wecomOutbox } from './wecom-sync.table.ts';

export type UnsureRow = WriteKey & {
  customerName: string | null;
  staffUserId: string;
  staffName: string | null;
  add: string[];
  remove: string[];
  createdAt: Date;
  settledAt: Date | null;
  attempts: number;
  failure: string | null;
  overtaken: boolean;
};

const staffUserIdOf = sql<string>`${wecomOutbox.payload} ->> 'staffUserId'`;

/** A later change of the same tags of the same relation, which this one must not undo. */
const overtaken = sql<boolean>`EXISTS (
  SELECT FROM wecom_outbox later
  WHERE later.corp_id = ${wecomOutbox.corpId} AND later.external_user_id = ${wecomOutbox.externalUserId}
    AND later.payload ->> 'staffUserId' = ${staffUserIdOf} AND later.status IN ('waiting', 'done', 'unsure')
    AND (later.created_at, later.write_id) > (${wecomOutbox.createdAt}, ${wecomOutbox.writeId})
    AND ((later.payload -> 'add') || (later.payload -> 'remove'))
      ?| ARRAY(SELECT jsonb_array_elements_text((${wecomOutbox.payload} -> 'add') || (${wecomOutbox.payload} -> 'remove'))))`;

const columns = {
  externalUserId: wecomOutbox.externalUserId,
  writeId: wecomOutbox.writeId,
  customerName: customers.name,
  staffUserId: staffUserIdOf,
  staffName: staff.name,
  add: sql<string[]>`${wecomOutbox.payload} -> 'add'`,
  remove: sql<string[]>`${wecomOutbox.payload} -> 'remove'`,
  createdAt: wecomOutbox.createdAt,
  settledAt: wecomOutbox.settledAt,
  attempts: wecomOutbox.attempts,
  failure: wecomOutbox.failure,
  overtaken,
};

const isUnsure = eq(wecomOutbox.status, 'unsure');

const selectWrites = (db: Queryable) =>
  db
    .select(columns)
    .from(wecomOutbox)
    .leftJoin(customers, and(eq(customers.corpId, wecomOutbox.corpId), eq(customers.externalUserId, wecomOutbox.externalUserId)))
    .leftJoin(staff, and(eq(staff.corpId, wecomOutbox.corpId), eq(staff.staffUserId, staffUserIdOf)));

/** The oldest first. */
export async function listUnsure(db: Queryable, limit: number): Promise<UnsureRow[]> {
  return selectWrites(db).where(isUnsure).orderBy(wecomOutbox.createdAt, wecomOutbox.writeId).limit(limit);
}

export async function countUnsure(db: Queryable): Promise<number> {
  const [row] = await db.select({ total: count() }).from(wecomOutbox).where(isUnsure);
  return row?.total ?? 0;
}

/** Held to the end of the transaction, so that it is answered once. Null when there is none of this key that is still unsure. */
export async function lockUnsure(tx: Queryable, { externalUserId, writeId }: WriteKey): Promise<UnsureRow | null> {
  const key = and(eq(wecomOutbox.externalUserId, externalUserId), eq(wecomOutbox.writeId, writeId));
  const [locked] = await tx.select({ writeId: wecomOutbox.writeId }).from(wecomOutbox).where(and(key, isUnsure)).for('update');
  if (locked === undefined) return null;
  const [row] = await selectWrites(tx).where(key);
  return row ?? null;
}

/** Somebody has seen it at WeCom. */
export async function strikeOff(tx: Queryable, { externalUserId, writeId }: WriteKey, now: Date): Promise<void> {
  await tx
    .update(wecomOutbox)
    .set({ status: 'done', settledAt: now })
    .where(and(eq(wecomOutbox.externalUserId, externalUserId), eq(wecomOutbox.writeId, writeId)));
}

/** Owed anew, as at first: shown here at once, on its way, and looked up before it is sent. Its fence stays. */
export async function oweAgain(tx: Queryable, { externalUserId, writeId, staffUserId, add, remove }: UnsureRow): Promise<void> {
  await tx
    .update(wecomOutbox)
    .set({ status: 'waiting', attempts: 0, maybeDone: true, nextAttemptAt: sql`clock_timestamp()`, settledAt: null, failure: null })
    .where(and(eq(wecomOutbox.externalUserId, externalUserId), eq(wecomOutbox.writeId, writeId)));
  const pendingTagIds = sql`ARRAY(SELECT DISTINCT t FROM unnest(${follows.pendingTagIds} || ${sql.param([...add, ...remove])}::text[]) t)`;
  const tagIds = sql`ARRAY(SELECT DISTINCT t FROM unnest(${follows.tagIds} || ${sql.param(add)}::text[]) t WHERE t <> ALL(${sql.param(remove)}::text[]))`;
  await tx
    .update(follows)
    .set({ tagIds, pendingTagIds })
    .where(and(eq(follows.externalUserId, externalUserId), eq(follows.staffUserId, staffUserId), isNull(follows.endedAt)));
}

/** Names also of tags that were deleted since. */
export async function namesOfTags(db: Queryable): Promise<Map<string, string>> {
  const rows = await db.select({ tagId: tags.tagId, name: tags.name }).from(tags);
  return new Map(rows.map(({ tagId, name }) => [tagId, name]));
}
