import type { BulkScriptsBody, BulkScriptsReply, ScriptBulkChange } from '@nextline/contract';
import { api } from '../../../api.ts';
import { uuidv7 } from '../uuid.ts';

export type Selection = BulkScriptsBody['selection'];

/** How many scripts a change would touch; changes none. */
export function previewBulk(selection: Selection, change: ScriptBulkChange, signal?: AbortSignal): Promise<BulkScriptsReply> {
  const body = { bulkId: uuidv7(), selection, change, dryRun: true };
  return api('POST /api/admin/scripts/bulk', signal ? { body, signal } : { body });
}

/** Makes the change; `undo` takes it back as long as the server allows. The same `bulkId` twice is one change. */
export async function applyBulk(
  selection: Selection,
  change: ScriptBulkChange,
): Promise<{ changed: number; undo: (() => Promise<BulkScriptsReply>) | null }> {
  const bulkId = uuidv7();
  const { changed, undoUntil } = await api('POST /api/admin/scripts/bulk', {
    body: { bulkId, selection, change, dryRun: false },
    timeoutMs: 60_000,
  });
  const undo = () => api('POST /api/admin/scripts/bulk/:bulkId/undo', { params: { bulkId }, timeoutMs: 60_000 });
  return { changed, undo: undoUntil === null ? null : undo };
}
