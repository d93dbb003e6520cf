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

/** What WeCom shows now. `missing` and `still`: names of tags. `gone`: it names no such relation any more. `unknown`: it cannot be asked. */
export const unsureNow = z.discriminatedUnion('state', [
  z.object({ state: z.literal('written') }),
  z.object({ state: z.literal('notWritten'), missing: z.array(z.string()), still: z.array(z.string()) }),
  z.object({ state: z.literal('gone') }),
  z.object({ state: z.literal('unknown'), reason: z.string() }),
]);
export type UnsureNow = z.infer<typeof unsureNow>;

/** A change of tags that we asked WeCom for, and of which nobody can say whether it was made. `overtaken`: the same tags were changed again since. */
export const unsureWrite = z.object({
  externalUserId: opaqueId,
  writeId: uuid,
  customerName: z.string().nullable(),
  staffUserId: opaqueId,
  staffName: z.string().nullable(),
  add: z.array(z.string()),
  remove: z.array(z.string()),
  createdAt: instant,
  givenUpAt: instant,
  attempts: z.int(),
  failure: z.string().nullable(),
  overtaken: z.boolean(),
  now: unsureNow,
});
export type UnsureWrite = z.infer<typeof unsureWrite>;

/** `GET /api/admin/sync/unsure`: the oldest, each looked up at WeCom, and how many there are in all. Permission `doctor.read`. */
export const unsureWrites = z.object({ total: z.int(), writes: z.array(unsureWrite) });
export type UnsureWrites = z.infer<typeof unsureWrites>;

/** `POST /api/admin/sync/unsure/:externalUserId/:writeId`. `written`: it stands in WeCom. `again`: looked up once more and written if it is not there. Permission `sync.run`. */
export const unsureAnswer = z.object({ answer: z.enum(['written', 'again']) });
export type UnsureAnswer = z.infer<typeof unsureAnswer>['answer'];
/** What is left to answer. */
export const unsureAnswered = z.object({ total: z.int() });
