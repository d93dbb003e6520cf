import type { SyncPosition } from './sync-runs.store.ts';

/** Staff per request; WeCom allows 100. Fewer make progress visible and an unreadable one cheap to find. */
const staffPerBatch = 10;

/** The next batch, or null when everybody's customers are stored. */
export function nextBatch(position: SyncPosition): SyncPosition | null {
  if (position.batch.length > 0) return position;
  if (position.pendingStaff.length === 0) return null;
  return { batch: position.pendingStaff.slice(0, staffPerBatch), pendingStaff: position.pendingStaff.slice(staffPerBatch), cursor: '' };
}

/** After a page: further in this batch, or the batch is done. */
export function afterPage(position: SyncPosition, nextCursor: string | null): SyncPosition {
  return nextCursor === null ? { batch: [], pendingStaff: position.pendingStaff, cursor: '' } : { ...position, cursor: nextCursor };
}

/** One of the batch cannot be read, and WeCom does not say who: half of it is tried first, the rest later. Null for a single person. */
export function splitBatch(position: SyncPosition): SyncPosition | null {
  if (position.batch.length < 2) return null;
  const half = Math.ceil(position.batch.length / 2);
  return { batch: position.batch.slice(0, half), pendingStaff: [...position.batch.slice(half), ...position.pendingStaff], cursor: '' };
}
