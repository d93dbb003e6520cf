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

/**
 * WeCom refuses this batch and does not say whom: half of it is tried first, the rest later. For a single person the cursor may be what is
 * refused, if it died while nobody was at work: once from their first page. Null: this person cannot be read.
 */
export function afterRefusal(position: SyncPosition): SyncPosition | null {
  const { pendingStaff, batch, cursor, again } = position;
  if (batch.length < 2) return cursor === '' || again ? null : { pendingStaff, batch, cursor: '', again: true };
  const half = Math.ceil(batch.length / 2);
  return { batch: batch.slice(0, half), pendingStaff: [...batch.slice(half), ...pendingStaff], cursor: '' };
}
