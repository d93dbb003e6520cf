import type { ScriptAudience, ScriptContent } from '@nextline/contract';

/** A script before anything was written: one empty text, for always. */
export function emptyContent(folderId: string, audience: ScriptAudience = { kind: 'company' }): ScriptContent {
  return {
    folderId,
    title: '',
    keywords: [],
    purpose: 'service',
    parts: [{ kind: 'text', text: '' }],
    audience,
    fit: {
      stageIds: [],
      tagIds: [],
      season: [],
      answers: [],
      daysSinceFollow: null,
      daysSinceOrder: null,
      orderItems: [],
      silentDays: null,
    },
    validFrom: null,
    validUntil: null,
    defaults: {},
  };
}

/** Equal in every word. Saving one for the other would change nothing. */
export function sameContent(left: ScriptContent, right: ScriptContent): boolean {
  return canonical(left) === canonical(right);
}

/** JSON with the keys of every object in one order: the server's answer lists them in its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}
