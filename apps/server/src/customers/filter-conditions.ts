import type { CustomerFilter } from '@nextline/contract';
import { dayMs, dayOf, instantOf } from '../corp-time.ts';

/** Whose customers this person sees: `null` everybody's, else those whom one of these staff has or had. */
export type CustomerScope = readonly string[] | null;

export type FilterConditions = {
  /** Of every list at least one facet. */
  anyOf: string[][];
  allOf: string[];
  noneOf: string[];
  /** In lower case, part of a name or a remark. */
  words: string;
  engaged: { from: Date | null; before: Date | null };
  followed: { from: Date | null; before: Date | null };
  scope: CustomerScope;
  /** For a scope: tags and remarks must be those of its own relations, which the list does not tell apart. */
  tags: { any: string[]; all: string[]; none: string[] };
};

export type FilterFacts = { now: Date; timeZone: string; scope: CustomerScope; staffOfStore(storeId: string): string[] };

const facets = (kind: string, values: readonly string[]) => values.map((value) => `${kind}:${value}`);

const dayNumber = (iso: string) => Math.floor(Date.parse(`${iso}T00:00:00Z`) / dayMs);

/** First and last instants of days that both count. */
function daySpan(from: string | null, until: string | null, timeZone: string): { from: Date | null; before: Date | null } {
  return {
    from: from === null ? null : instantOf(dayNumber(from), 0, timeZone),
    before: until === null ? null : instantOf(dayNumber(until) + 1, 0, timeZone),
  };
}

/** Letters and pairs of letters that a name with these words in it must have. */
function lettersOf(words: string): string[] {
  const letters = [...words];
  const pairs = letters.slice(1).map((letter, n) => `${letters[n]}${letter}`);
  return facets('n', pairs.length > 0 ? [...new Set(pairs)] : letters);
}

/** What a filter asks of the list. Ids that do not exist, or of a store that is not this person's, simply find nobody. */
export function filterConditions(filter: CustomerFilter, { now, timeZone, scope, staffOfStore }: FilterFacts): FilterConditions {
  const { relation } = filter;
  const contact = (staffUserIds: readonly string[]) => [
    ...(relation === 'ended' ? [] : facets('guide', staffUserIds)),
    ...(relation === 'alive' ? [] : facets('left', staffUserIds)),
  ];
  const words = filter.q.trim().toLowerCase();
  const today = dayOf(now, timeZone);
  const daysAgo = (days: number) => instantOf(today - days, 0, timeZone);
  const anyOf = [
    filter.stageIds.length > 0 ? facets('stage', filter.stageIds) : null,
    filter.tagsAny.length > 0 ? facets('tag', filter.tagsAny) : null,
    filter.sources.length > 0 ? facets('source', filter.sources) : null,
    filter.guideIds.length > 0 ? contact(filter.guideIds) : null,
    filter.storeIds.length > 0 ? contact(filter.storeIds.flatMap(staffOfStore)) : null,
    scope === null ? null : contact(scope),
  ].filter((list) => list !== null);
  const allOf = [
    ...facets('tag', filter.tagsAll),
    ...(filter.optedOut === null ? [] : [filter.optedOut ? 'marketing:no' : 'marketing:yes']),
    ...(filter.hasOrder === null ? [] : [filter.hasOrder ? 'order:yes' : 'order:no']),
    ...(relation === 'any' ? [] : [`relation:${relation}`]),
    ...lettersOf(words),
  ];
  return {
    anyOf,
    allOf,
    noneOf: scope === null ? facets('tag', filter.tagsNone) : [],
    words,
    engaged: {
      from: filter.engagedWithinDays === null ? null : daysAgo(filter.engagedWithinDays),
      // Silent for 30 days: nothing on any of the last 30, today included.
      before: filter.silentDays === null ? null : daysAgo(filter.silentDays - 1),
    },
    followed: daySpan(filter.followedFrom, filter.followedUntil, timeZone),
    scope,
    tags: scope === null ? { any: [], all: [], none: [] } : { any: filter.tagsAny, all: filter.tagsAll, none: filter.tagsNone },
  };
}
