import { and, asc, eq, ne, or, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { staff } from '../identity/identity.table.ts';
import { segments } from './segments.table.ts';

export type SegmentRow = Omit<typeof segments.$inferSelect, 'corpId'> & { ownerName: string };

const shown = {
  segmentId: segments.segmentId,
  name: segments.name,
  filter: segments.filter,
  ownerUserId: segments.ownerUserId,
  ownerName: sql<string>`coalesce(${staff.name}, ${segments.ownerUserId})`,
  shared: segments.shared,
  updatedAt: segments.updatedAt,
};
const visibleTo = (staffUserId: string) => or(eq(segments.ownerUserId, staffUserId), eq(segments.shared, true));
const owner = and(eq(staff.corpId, segments.corpId), eq(staff.staffUserId, segments.ownerUserId));

export async function readSegments(db: Queryable, staffUserId: string): Promise<SegmentRow[]> {
  return db
    .select(shown)
    .from(segments)
    .leftJoin(staff, owner)
    .where(visibleTo(staffUserId))
    .orderBy(asc(segments.name), asc(segments.segmentId));
}

export async function findSegment(db: Queryable, staffUserId: string, segmentId: string): Promise<SegmentRow | null> {
  const [row] = await db
    .select(shown)
    .from(segments)
    .leftJoin(staff, owner)
    .where(and(visibleTo(staffUserId), eq(segments.segmentId, segmentId)));
  return row ?? null;
}

/** Whether a segment of this id exists at all, and whose it is. Held to the end of the transaction. */
export async function lockSegment(tx: Queryable, segmentId: string): Promise<{ ownerUserId: string; shared: boolean } | null> {
  const { ownerUserId, shared } = segments;
  const [row] = await tx.select({ ownerUserId, shared }).from(segments).where(eq(segments.segmentId, segmentId)).for('update');
  return row ?? null;
}

/** Among those that this person sees: two of the same name could not be told apart. */
export async function nameIsTaken(tx: Queryable, staffUserId: string, segmentId: string, name: string): Promise<boolean> {
  const [row] = await tx
    .select({ segmentId: segments.segmentId })
    .from(segments)
    .where(and(visibleTo(staffUserId), eq(segments.name, name), ne(segments.segmentId, segmentId)))
    .limit(1);
  return row !== undefined;
}

export async function upsertSegment(tx: Queryable, segment: typeof segments.$inferInsert): Promise<void> {
  const { name, filter, shared, updatedAt } = segment;
  await tx
    .insert(segments)
    .values(segment)
    .onConflictDoUpdate({ target: [segments.corpId, segments.segmentId], set: { name, filter, shared, updatedAt } });
}

export async function deleteSegment(tx: Queryable, segmentId: string): Promise<void> {
  await tx.delete(segments).where(eq(segments.segmentId, segmentId));
}
