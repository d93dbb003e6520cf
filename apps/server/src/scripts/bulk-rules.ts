import type { ScriptBulkChange, ScriptContent } from '@nextline/contract';
import { settingsColumns, settingsOf } from './script-content.ts';
import type { EditedScript } from './script-editing.store.ts';
import type { BulkBefore } from './script-editing.table.ts';
import { isAnothers } from './script-reach.ts';
import { decideStep } from './script-steps.ts';
import type { ScriptRecord } from './script-editing.store.ts';

export type BulkEffect = { columns: Partial<ScriptRecord>; draft: ScriptContent | null };

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * What a bulk change does to one script; null when it is so already or cannot be so. Words are never touched. A guide's own script stays hers, and
 * comes before others by promotion and review only.
 */
export function effectOf(
  { script, draft, standing }: EditedScript,
  change: ScriptBulkChange,
  { by, now }: { by: string; now: Date },
): BulkEffect | null {
  if (isAnothers(by, script) || (change.kind === 'audience' && script.scope === 'personal')) return null;
  if (change.kind === 'retire') {
    const decision = decideStep(standing, { step: 'retire', by, fourEyes: false });
    return 'refusal' in decision ? null : { columns: { status: decision.next.status, retiredAt: now }, draft: null };
  }
  const wanted =
    change.kind === 'move'
      ? { folderId: change.folderId }
      : change.kind === 'audience'
        ? { audience: change.audience }
        : { validFrom: change.validFrom, validUntil: change.validUntil };
  const before = settingsOf(script);
  const columns = settingsColumns({ ...before, ...wanted });
  const content = draft && { ...draft.content, ...wanted };
  if (same(columns, settingsColumns(before)) && (draft === null || same(content, draft.content))) return null;
  return { columns, draft: content };
}

export function beforeBulk({ script, draft }: EditedScript): BulkBefore {
  const { scriptId, revision, folderId, scope, storeIds, ownerUserId, status, retiredAt, validFrom, validUntil } = script;
  return {
    scriptId,
    revision: revision + 1,
    folderId,
    scope,
    storeIds,
    ownerUserId,
    status,
    retiredAt: retiredAt?.toISOString() ?? null,
    validFrom: validFrom?.toISOString() ?? null,
    validUntil: validUntil?.toISOString() ?? null,
    draft: draft?.content ?? null,
  };
}
