import { z } from 'zod';
import { instant, opaqueId, uuid } from './wire.ts';

/** `missing`: asking one by one about relations that WeCom no longer lists. */
export const syncPhase = z.enum(['staff', 'tags', 'customers', 'missing', 'done']);
export type SyncPhase = z.infer<typeof syncPhase>;

/**
 * One run of the sync. `full`: the first reading of everything. `reconcile`: everything is read again, and what lost callbacks left behind is
 * repaired. `relationsFound` and `relationsEnded`: what no callback had told us. `failure`: what the last read failed with; it is tried again.
 */
export const syncRun = z.object({
  runId: uuid,
  kind: z.enum(['full', 'reconcile']),
  /** A staff id, `cli`, or null: the first start, or the night. */
  requestedBy: z.string().nullable(),
  requestedByName: z.string().nullable(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  phase: syncPhase,
  staffDone: z.int(),
  staffTotal: z.int(),
  customersStored: z.int(),
  relationsFound: z.int(),
  relationsAsked: z.int(),
  relationsEnded: z.int(),
  /** Staff whose customers are missing or could not be read anew, and why, in words for the person who looks. */
  withReason: z.array(z.object({ staffUserId: opaqueId, name: z.string().nullable(), reason: z.string() })),
  failure: z.string().nullable(),
});
export type SyncRunView = z.infer<typeof syncRun>;

/** `GET /api/admin/sync`. Permission `doctor.read`. */
export const syncOverview = z.object({
  running: syncRun.nullable(),
  lastFull: syncRun.nullable(),
  lastReconciliation: syncRun.nullable(),
  nextReconciliationAt: instant,
});
export type SyncOverview = z.infer<typeof syncOverview>;

// `POST /api/admin/sync/reconcile` answers 202 with the run that is now under way: a new one, or the one that was. Permission `sync.run`.
