import type { Queryable } from '../database.ts';
import { lastFinishedRun, latestFullRun } from './sync-runs.store.ts';
import type { KeptReason } from './why-empty.ts';

export type SyncProgress = {
  finished: boolean;
  phase: 'waiting' | 'staff' | 'tags' | 'customers' | 'missing' | 'done';
  staffDone: number;
  staffTotal: number;
  customersStored: number;
  /** Why somebody's customers are missing, by staff id, as the newest run saw it. */
  reasons: Record<string, KeptReason>;
  /** What the last read failed with; it is being tried again. */
  failure: string | null;
};

export async function syncProgress(db: Queryable): Promise<SyncProgress> {
  const run = await latestFullRun(db);
  if (!run) return { finished: false, phase: 'waiting', staffDone: 0, staffTotal: 0, customersStored: 0, reasons: {}, failure: null };
  const { finishedAt, phase, staffDone, staffTotal, customersStored, failure } = run;
  // A reconciliation reads everybody anew: what kept somebody's customers away at first may long be repaired.
  const { reasons } = (finishedAt === null ? null : await lastFinishedRun(db)) ?? run;
  return { finished: finishedAt !== null, phase, staffDone, staffTotal, customersStored, reasons, failure };
}
