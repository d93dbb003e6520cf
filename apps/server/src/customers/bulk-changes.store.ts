import type { BulkChange } from '@nextline/contract';
import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { staff } from '../identity/identity.table.ts';
import { bulkChangeItems, bulkChanges, type BulkEffect } from './bulk-changes.table.ts';

export type StoredBulk = typeof bulkChanges.$inferSelect;
export type ItemState = (typeof bulkChangeItems.$inferSelect)['state'];

/** False when there is one of that id already; waits for whoever is just making it. */
export async function insertBulk(tx: Queryable, bulk: typeof bulkChanges.$inferInsert): Promise<boolean> {
  const made = await tx.insert(bulkChanges).values(bulk).onConflictDoNothing().returning({ bulkId: bulkChanges.bulkId });
  return made.length > 0;
}

export async function findBulk(db: Queryable, bulkId: string): Promise<StoredBulk | null> {
  const [row] = await db.select().from(bulkChanges).where(eq(bulkChanges.bulkId, bulkId));
  return row ?? null;
}

export async function readNewestBulks(db: Queryable, limit: number, staffUserId: string | null): Promise<StoredBulk[]> {
  const mine = staffUserId === null ? undefined : eq(bulkChanges.staffUserId, staffUserId);
  return db.select().from(bulkChanges).where(mine).orderBy(desc(bulkChanges.startedAt), desc(bulkChanges.bulkId)).limit(limit);
}

/** Fixes who is meant. Answers how many. */
export async function insertItems(tx: Queryable, corpId: string, bulkId: string, externalUserIds: SQL): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    INSERT INTO bulk_change_items (corp_id, external_user_id, bulk_id, state) SELECT ${corpId}, s.external_user_id, ${bulkId}, 'waiting' FROM (${externalUserIds}) s
    ON CONFLICT DO NOTHING`);
  return rowCount ?? 0;
}

export const setTotal = (tx: Queryable, bulkId: string, total: number) =>
  tx.update(bulkChanges).set({ total }).where(eq(bulkChanges.bulkId, bulkId));

export async function anyUnderWay(db: Queryable): Promise<boolean> {
  const found = await db
    .select({ bulkId: bulkChanges.bulkId })
    .from(bulkChanges)
    .where(inArray(bulkChanges.state, ['running', 'undoing']))
    .limit(1);
  return found.length > 0;
}

/** The oldest change that is under way and that nobody else works at; held to the end of the transaction. */
export async function takeBulk(tx: Queryable): Promise<StoredBulk | null> {
  const [row] = await tx
    .select()
    .from(bulkChanges)
    .where(inArray(bulkChanges.state, ['running', 'undoing']))
    .orderBy(asc(bulkChanges.startedAt), asc(bulkChanges.bulkId))
    .limit(1)
    .for('update', { skipLocked: true });
  return row ?? null;
}

export async function lockBulk(tx: Queryable, bulkId: string): Promise<StoredBulk | null> {
  const [row] = await tx.select().from(bulkChanges).where(eq(bulkChanges.bulkId, bulkId)).for('update');
  return row ?? null;
}

export type BulkItem = { externalUserId: string; effect: BulkEffect | null };

export async function nextItems(tx: Queryable, bulkId: string, state: 'waiting' | 'changed', limit: number): Promise<BulkItem[]> {
  const { externalUserId, effect } = bulkChangeItems;
  return tx
    .select({ externalUserId, effect })
    .from(bulkChangeItems)
    .where(and(eq(bulkChangeItems.bulkId, bulkId), eq(bulkChangeItems.state, state)))
    .orderBy(asc(externalUserId))
    .limit(limit);
}

export async function settleItems(
  tx: Queryable,
  bulkId: string,
  items: { externalUserId: string; state: ItemState; effect?: BulkEffect }[],
): Promise<void> {
  for (const { externalUserId, state, effect } of items)
    await tx
      .update(bulkChangeItems)
      .set({ state, ...(effect && { effect }) })
      .where(and(eq(bulkChangeItems.externalUserId, externalUserId), eq(bulkChangeItems.bulkId, bulkId)));
}

export async function endBulk(
  tx: Queryable,
  bulkId: string,
  end: { state: 'done'; finishedAt: Date } | { state: 'undone'; undoneAt: Date },
): Promise<void> {
  await tx.update(bulkChanges).set(end).where(eq(bulkChanges.bulkId, bulkId));
}

/** Those that are still moving customers into a stage that goes out of use move the rest to where its customers go. Waits for the few hundred that are being moved just now. */
export async function redirectBulks(tx: Queryable, stageId: string, to: string | null): Promise<void> {
  const change: BulkChange = { kind: 'stage', stageId: to };
  await tx
    .update(bulkChanges)
    .set({ change })
    .where(and(eq(bulkChanges.state, 'running'), sql`${bulkChanges.change} @> ${JSON.stringify({ kind: 'stage', stageId })}::jsonb`));
}

export async function beginUndo(tx: Queryable, bulkId: string): Promise<void> {
  await tx.update(bulkChanges).set({ state: 'undoing' }).where(eq(bulkChanges.bulkId, bulkId));
}

export async function countItems(db: Queryable, bulkIds: readonly string[]): Promise<Map<string, Partial<Record<ItemState, number>>>> {
  const rows = await db
    .select({ bulkId: bulkChangeItems.bulkId, state: bulkChangeItems.state, n: sql<number>`count(*)::int` })
    .from(bulkChangeItems)
    .where(inArray(bulkChangeItems.bulkId, [...bulkIds]))
    .groupBy(bulkChangeItems.bulkId, bulkChangeItems.state);
  const counts = new Map<string, Partial<Record<ItemState, number>>>();
  for (const { bulkId, state, n } of rows) counts.set(bulkId, { ...counts.get(bulkId), [state]: n });
  return counts;
}

/** A write of the time of a change is the change's own when it asks for what the change did to that relation; of what was taken back, also for the way back. */
const isItsOwn = sql`EXISTS (SELECT FROM jsonb_array_elements(i.effect -> 'follows') AS did
  WHERE did ->> 'staffUserId' = o.payload ->> 'staffUserId' AND ((did -> 'added' = o.payload -> 'add' AND did -> 'removed' = o.payload -> 'remove')
    OR (i.state = 'undone' AND o.payload -> 'add' <@ (did -> 'removed') AND o.payload -> 'remove' <@ (did -> 'added'))))`;

/** What WeCom has not taken yet, and what it refused, of the writes that this change caused. */
export async function countWrites(db: Queryable, bulk: StoredBulk): Promise<{ waiting: number; refused: number }> {
  const { rows } = await db.execute<{ waiting: number; refused: number }>(sql`
    SELECT count(*) FILTER (WHERE o.status IN ('waiting', 'unsure'))::int AS waiting, count(*) FILTER (WHERE o.status = 'refused')::int AS refused
    FROM bulk_change_items i JOIN wecom_outbox o ON o.corp_id = i.corp_id AND o.external_user_id = i.external_user_id
    WHERE i.bulk_id = ${bulk.bulkId} AND i.state IN ('changed', 'undone') AND o.created_at BETWEEN ${bulk.startedAt.toISOString()}::timestamptz
      AND ${(bulk.undoneAt ?? bulk.finishedAt)?.toISOString() ?? 'infinity'}::timestamptz AND ${isItsOwn}`);
  return rows[0] ?? { waiting: 0, refused: 0 };
}

export async function countFound(db: Queryable, found: SQL): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`SELECT count(*)::int AS n FROM (${found}) s`);
  return rows[0]?.n ?? 0;
}

/** What a change asks for: of tags with all that it means (`wholeChoice`). */
export type BulkDifference =
  | { kind: 'stage'; stageId: string | null }
  | { kind: 'tags'; add: readonly string[]; remove: readonly string[] };

/** Of the customers that a query finds, those whom a change would change; of the scope's relations. */
export async function countChanging(
  db: Queryable,
  found: SQL,
  change: BulkDifference,
  scope: readonly string[] | null,
): Promise<{ selected: number; changing: number; relations: number }> {
  const visible = scope === null ? sql`true` : sql`f.staff_user_id = ANY(${sql.param([...scope])}::text[])`;
  const differs = change.kind === 'stage' ? sql`c.stage_id IS DISTINCT FROM ${change.stageId}` : sql`r.changing > 0`;
  const relations =
    change.kind === 'stage'
      ? sql`SELECT 0 AS changing`
      : sql`SELECT count(*) FILTER (WHERE NOT f.tag_ids @> ${sql.param([...change.add])}::text[] OR f.tag_ids && ${sql.param([...change.remove])}::text[]) AS changing
          FROM follows f WHERE f.corp_id = c.corp_id AND f.external_user_id = c.external_user_id AND f.ended_at IS NULL AND ${visible}`;
  const { rows } = await db.execute<{ selected: number; changing: number; relations: number }>(sql`
    SELECT count(*)::int AS selected, count(*) FILTER (WHERE ${differs})::int AS changing, coalesce(sum(r.changing), 0)::int AS relations
    FROM (${found}) s JOIN customers c ON c.external_user_id = s.external_user_id CROSS JOIN LATERAL (${relations}) r`);
  return rows[0] ?? { selected: 0, changing: 0, relations: 0 };
}

export async function nameOfStaff(db: Queryable, staffUserId: string): Promise<string> {
  const [row] = await db.select({ name: staff.name }).from(staff).where(eq(staff.staffUserId, staffUserId));
  return row?.name ?? staffUserId;
}

/** Locks these customers in the order of their ids; where each stands. */
export async function lockStages(
  tx: Queryable,
  externalUserIds: readonly string[],
): Promise<Map<string, { stageId: string | null; enteredAt: Date | null }>> {
  const { rows } = await tx.execute<{ id: string; stage_id: string | null; at: string | null }>(sql`
    SELECT external_user_id AS id, stage_id, stage_entered_at AS at FROM customers
    WHERE external_user_id = ANY(${sql.param([...externalUserIds])}::text[]) ORDER BY external_user_id FOR UPDATE`);
  return new Map(rows.map((row) => [row.id, { stageId: row.stage_id, enteredAt: row.at === null ? null : new Date(row.at) }]));
}

export type LockedFollow = { staffUserId: string; tagIds: string[]; pendingTagIds: string[] };

/** Locks the living relations of these customers, in order; of the scope's staff only. */
export async function lockFollows(
  tx: Queryable,
  externalUserIds: readonly string[],
  scope: readonly string[] | null,
): Promise<Map<string, LockedFollow[]>> {
  const visible = scope === null ? sql`true` : sql`staff_user_id = ANY(${sql.param([...scope])}::text[])`;
  const { rows } = await tx.execute<{ id: string; staff: string; tag_ids: string[]; pending: string[] }>(sql`
    SELECT external_user_id AS id, staff_user_id AS staff, tag_ids, pending_tag_ids AS pending FROM follows
    WHERE external_user_id = ANY(${sql.param([...externalUserIds])}::text[]) AND ended_at IS NULL AND ${visible}
    ORDER BY external_user_id, staff_user_id FOR UPDATE`);
  const byCustomer = new Map<string, LockedFollow[]>();
  for (const row of rows)
    byCustomer.set(row.id, [
      ...(byCustomer.get(row.id) ?? []),
      { staffUserId: row.staff, tagIds: row.tag_ids, pendingTagIds: row.pending },
    ]);
  return byCustomer;
}

/** Whether a move of hers is the last one. */
export async function newestMoves(tx: Queryable, externalUserIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await tx.execute<{ id: string; move_id: string }>(sql`
    SELECT DISTINCT ON (external_user_id) external_user_id AS id, move_id FROM stage_moves
    WHERE external_user_id = ANY(${sql.param([...externalUserIds])}::text[]) ORDER BY external_user_id, moved_at DESC, move_id DESC`);
  return new Map(rows.map((row) => [row.id, row.move_id]));
}
