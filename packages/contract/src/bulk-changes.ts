/** One change for many customers, in the background. */
import { z } from 'zod';
import { customerFilter } from './customer-list.ts';
import { instant, opaqueId, uuid } from './wire.ts';

/** A whole filter is fixed to the customers that it finds when the change begins. */
export const bulkSelection = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ids'), externalUserIds: z.array(opaqueId).min(1).max(1000) }),
  z.object({ kind: z.literal('filter'), filter: customerFilter }),
]);
export type BulkSelection = z.infer<typeof bulkSelection>;

/** Tags go to every contact that the person may see: in WeCom a tag belongs to the relation. */
export const bulkChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tags'), add: z.array(opaqueId).max(50), remove: z.array(opaqueId).max(50) }),
  z.object({ kind: z.literal('stage'), stageId: opaqueId.nullable() }),
]);
export type BulkChange = z.infer<typeof bulkChange>;

/** POST /api/admin/customer-changes/preview → how many would change. Begins nothing. */
export const previewBulkBody = z.object({ selection: bulkSelection, change: bulkChange });
export const bulkPreview = z.object({
  selected: z.number().int(),
  /** Of them, those for whom it is not so already. */
  changing: z.number().int(),
  /** More than a change may take at once: then `selected` is `most` and nothing else is counted. */
  tooMany: z.boolean(),
  most: z.number().int(),
  /** Tags that WeCom must be told one relation at a time: about how many minutes. */
  wecomMinutes: z.number().int(),
});
export type BulkPreview = z.infer<typeof bulkPreview>;

/** POST /api/admin/customer-changes: idempotent on `bulkId`; another change under an id that is known is 409 `bulk.other_change`. */
export const beginBulkBody = previewBulkBody.extend({ bulkId: uuid });
/** GET /api/admin/customer-changes/{bulkId}; POST …/undo. `waitingForWecom`: relations whose tags WeCom has not acknowledged. */
export const bulkState = z.object({
  bulkId: uuid,
  state: z.enum(['running', 'done', 'undoing', 'undone']),
  total: z.number().int(),
  done: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  undone: z.number().int(),
  /** Not taken back: somebody has changed it since. */
  kept: z.number().int(),
  waitingForWecom: z.number().int(),
  refusedByWecom: z.number().int(),
  startedAt: instant,
  by: z.string(),
  undoUntil: instant.nullable(),
});
export type BulkState = z.infer<typeof bulkState>;
/** GET /api/admin/customer-changes: the newest 20. `mine`: begun by whoever asks. */
export const bulkLine = bulkState.extend({ change: bulkChange, mine: z.boolean() });
export type BulkLine = z.infer<typeof bulkLine>;
export const bulkList = z.object({ changes: z.array(bulkLine) });
