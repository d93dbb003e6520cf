import type { Part, ScriptAudience, ScriptContent } from '@nextline/contract';
import type { ScriptFit, VersionSettings } from './scripts.table.ts';

/** The columns of a script that hold its folder, audience and dates. */
export type SettingsColumns = {
  folderId: string;
  scope: 'company' | 'store' | 'personal';
  storeIds: string[];
  ownerUserId: string | null;
  validFrom: Date | null;
  validUntil: Date | null;
};

type Audience = Pick<SettingsColumns, 'scope' | 'storeIds' | 'ownerUserId'>;

export function audienceOf({ scope, storeIds, ownerUserId }: Audience): ScriptAudience {
  if (scope === 'personal') return { kind: 'personal', ownerUserId: ownerUserId ?? '' };
  return scope === 'store' ? { kind: 'stores', storeIds } : { kind: 'company' };
}

export function audienceColumns(audience: ScriptAudience): Audience {
  if (audience.kind === 'personal') return { scope: 'personal', storeIds: [], ownerUserId: audience.ownerUserId };
  return audience.kind === 'stores'
    ? { scope: 'store', storeIds: [...new Set(audience.storeIds)], ownerUserId: null }
    : { scope: 'company', storeIds: [], ownerUserId: null };
}

const dateOf = (instant: string | null) => (instant === null ? null : new Date(instant));

export function settingsColumns({ folderId, audience, validFrom, validUntil }: VersionSettings): SettingsColumns {
  return { folderId, ...audienceColumns(audience), validFrom: dateOf(validFrom), validUntil: dateOf(validUntil) };
}

export function settingsOf(columns: SettingsColumns): VersionSettings {
  const { folderId, validFrom, validUntil } = columns;
  return {
    folderId,
    audience: audienceOf(columns),
    validFrom: validFrom?.toISOString() ?? null,
    validUntil: validUntil?.toISOString() ?? null,
  };
}

/** A draft as the contract has it, also one that was kept before scripts could name what was bought. */
export const contentOfDraft = (kept: ScriptContent): ScriptContent => ({
  ...kept,
  fit: { ...kept.fit, orderItems: kept.fit.orderItems ?? [] },
});

/** Suits whoever it is, whenever. */
export const anyFit = {
  stageIds: [],
  tagIds: [],
  season: [],
  answers: [],
  daysSinceFollow: null,
  daysSinceOrder: null,
  orderItems: [],
  silentDays: null,
} satisfies ScriptContent['fit'];

/** A script before anything was written. */
export const blankContent: ScriptContent = {
  folderId: '',
  title: '',
  keywords: [],
  purpose: 'service',
  parts: [],
  audience: { kind: 'company' },
  fit: anyFit,
  validFrom: null,
  validUntil: null,
  defaults: {},
};

type Words = Pick<ScriptContent, 'title' | 'keywords' | 'purpose' | 'parts' | 'defaults'> & { fit: ScriptFit };

/** A version's words with settings: its own from when it was published, or those that hold now. */
export function contentOf(words: Words, settings: VersionSettings): ScriptContent {
  const { title, keywords, purpose, parts, defaults, fit } = words;
  const { folderId, audience, validFrom, validUntil } = settings;
  return {
    folderId,
    title,
    keywords,
    purpose,
    parts,
    audience,
    fit: { ...fit, season: fit.season ?? [], orderItems: fit.orderItems ?? [] },
    validFrom,
    validUntil,
    defaults,
  };
}

const instant = (at: string | null) => (at === null ? null : new Date(at).toISOString());

/** One order of keys and one spelling of instants, so that equal contents are equal texts. */
export function canonicalContent(content: ScriptContent): string {
  const normal = { ...content, validFrom: instant(content.validFrom), validUntil: instant(content.validUntil) };
  return JSON.stringify(normal, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

export const sameContent = (a: ScriptContent, b: ScriptContent): boolean => canonicalContent(a) === canonicalContent(b);

/** The files that parts hold, each once. */
export function mediaOf(parts: readonly Part[]): string[] {
  return [
    ...new Set(
      parts.flatMap((part) => ('media' in part ? [part.media.sha256] : 'cover' in part && part.cover !== null ? [part.cover.sha256] : [])),
    ),
  ];
}

/** Everything in parts that a customer reads as words. */
export const wordsOf = (parts: readonly Part[]): string[] =>
  parts.flatMap((part) =>
    part.kind === 'text' ? [part.text] : 'title' in part ? [part.title, 'description' in part ? part.description : ''] : [],
  );
