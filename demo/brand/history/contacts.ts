import { publishedAt } from '../scripts/publish-library.ts';
import type { LibraryScript } from '../scripts/library.ts';
import type { OutcomeRow, TouchRow } from './life.ts';
import { uuidFor } from './lots.ts';
import type { Person } from './person.ts';

/** The scripts by id, and since when guides had them. */
export type Shelf = { titleOf(scriptId: string): string; isMarketing(scriptId: string): boolean; had(scriptId: string, at: Date): boolean };

export function shelfOf(library: readonly LibraryScript[], now: Date): Shelf {
  const byId = new Map(library.map((script) => [script.scriptId, script]));
  const find = (scriptId: string): LibraryScript => {
    const found = byId.get(scriptId);
    if (!found) throw new RangeError(`the brand has no script ${scriptId}`);
    return found;
  };
  return {
    titleOf: (scriptId) => find(scriptId).draft.title,
    isMarketing: (scriptId) => find(scriptId).draft.marketing === true,
    had: (scriptId, at) => publishedAt(find(scriptId), now) <= at,
  };
}

/** Her guide sent her this script then. */
export function touch(person: Person, shelf: Shelf, scriptId: string, touchedAt: Date): TouchRow {
  return {
    touchedAt,
    touchId: uuidFor(person.externalUserId, scriptId, touchedAt.getTime()),
    staffUserId: person.staffUserId,
    touchpoint: 'import',
    purpose: shelf.isMarketing(scriptId) ? 'marketing' : 'service',
    title: shelf.titleOf(scriptId),
    scriptId,
    version: 1,
    sendId: null,
  };
}

/** She wrote, with or without words that we know, or looked at the mini-program. */
export function heard(person: Person, kind: 'reply' | 'visit', occurredAt: Date, summary: string | null): OutcomeRow {
  const outcomeId = uuidFor(person.externalUserId, kind, occurredAt.getTime(), summary ?? '');
  return { outcomeId, kind, staffUserId: kind === 'reply' ? person.staffUserId : null, summary, occurredAt };
}
