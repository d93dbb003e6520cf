import type { BulkScriptsBody, BulkScriptsReply, ScriptBulkChange } from '@nextline/contract';
import { shallowRef } from 'vue';
import { api } from '../../../api.ts';
import { uuidv7 } from '../uuid.ts';

export type Selection = BulkScriptsBody['selection'];

/** How many scripts a change would touch; changes none. */
export function previewBulk(selection: Selection, change: ScriptBulkChange, signal?: AbortSignal): Promise<BulkScriptsReply> {
  const body = { bulkId: uuidv7(), selection, change, dryRun: true };
  return api('POST /api/admin/scripts/bulk', signal ? { body, signal } : { body });
}

/** Makes the change. The same `bulkId` twice is one change, so what was asked when no answer came may be asked again. */
export function applyBulk(bulkId: string, selection: Selection, change: ScriptBulkChange): Promise<BulkScriptsReply> {
  return api('POST /api/admin/scripts/bulk', { body: { bulkId, selection, change, dryRun: false }, timeoutMs: 60_000 });
}

/** What was changed last, for as long as it can be taken back: also when a script was looked at meanwhile. */
export const lastBulk = shallowRef<{ bulkId: string; changed: number; until: string } | null>(null);

/** Takes the last change back, as long as the server allows. */
export function undoBulk(bulkId: string): Promise<BulkScriptsReply> {
  return api('POST /api/admin/scripts/bulk/:bulkId/undo', { params: { bulkId }, timeoutMs: 60_000 });
}
