import type { ScriptContent } from '@nextline/contract';
import { sameContent } from './empty-content.ts';

/** What was typed and not yet taken by the server, in this browser. `revision`: what it was typed over; null: a script that is not stored. */
export type KeptDraft = { revision: number | null; content: ScriptContent };

const keyOf = (scriptId: string) => `nextline.script.${scriptId}`;

/** Keeps what is typed, or forgets it once the server has it. A full or forbidden storage is no reason to stop the typing. */
export function keepDraft(storage: Storage, scriptId: string, draft: KeptDraft | null): void {
  try {
    if (draft) storage.setItem(keyOf(scriptId), JSON.stringify(draft));
    else storage.removeItem(keyOf(scriptId));
  } catch {
    return;
  }
}

export function keptDraft(storage: Storage, scriptId: string): KeptDraft | null {
  try {
    const kept: unknown = JSON.parse(storage.getItem(keyOf(scriptId)) ?? 'null');
    return isDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isDraft(value: unknown): value is KeptDraft {
  if (typeof value !== 'object' || value === null || !('content' in value) || !('revision' in value)) return false;
  const { content } = value;
  return typeof content === 'object' && content !== null && 'parts' in content && Array.isArray(content.parts) && 'title' in content;
}

/**
 * What to do with a kept draft when the page opens. `forget`: the server has it; `goOn`: it was typed over what the server still has;
 * `ask`: somebody saved since, and one of the two must be chosen.
 */
export function reopen(kept: KeptDraft | null, stored: { revision: number; content: ScriptContent } | null): 'forget' | 'goOn' | 'ask' {
  if (!kept) return 'forget';
  if (!stored) return 'goOn';
  if (sameContent(kept.content, stored.content)) return 'forget';
  return kept.revision === stored.revision ? 'goOn' : 'ask';
}
