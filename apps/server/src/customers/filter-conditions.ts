import type { CustomerFilter } from '@nextline/contract';
import { dayMs, dayOf, instantOf } from '../corp-time.ts';

/** Whose customers this person sees: `null` everybody's, else those whom one of these staff has or had. */
export type CustomerScope = readonly string[] | null;

export type FilterConditions = {
  optedOut: boolean | null;
  hasOrder: boolean | null;
  alive: boolean | null;
  stageIds: string[] | null;
  /** Of every list at least one: `guide:…` while the relation lasts, `left:…` when it has ended. An empty list: nobody can pass. */
  contacts: string[][];
  /** `source:…` */
  sources: string[] | null;
  /** For a scope: those of its own relations. */
  tags: { any: string[]; all: string[]; none: string[] };
  /** In lower case, part of a name or a remark; for a scope a remark of its own. */
  words: string;
  engaged: { from: Date | null; before: Date | null };
  followed: { from: Date | null; before: Date | null };
  scope: CustomerScope;
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

/** What a filter asks of the list. Ids that do not exist, or of a store that is not this person's, simply find nobody. */
export function filterConditions(filter: CustomerFilter, { now, timeZone, scope, staffOfStore }: FilterFacts): FilterConditions {
  const { relation } = filter;
  const contact = (staffUserIds: readonly string[]) => [
    ...(relation === 'ended' ? [] : facets('guide', staffUserIds)),
    ...(relation === 'alive' ? [] : facets('left', staffUserIds)),
  ];
  const refused = new Set(filter.tagsNone);
  const contradictory =
    filter.tagsAll.some((tagId) => refused.has(tagId)) ||
    (filter.tagsAny.length > 0 && filter.tagsAny.every((tagId) => refused.has(tagId)));
  const words = filter.q.trim().toLowerCase();
  const today = dayOf(now, timeZone);
  const daysAgo = (days: number) => instantOf(today - days, 0, timeZone);
  return {
    optedOut: filter.optedOut,
    hasOrder: filter.hasOrder,
    alive: relation === 'any' ? null : relation === 'alive',
    stageIds: filter.stageIds.length > 0 ? filter.stageIds : null,
    contacts: [
      filter.guideIds.length > 0 ? contact(filter.guideIds) : null,
      filter.storeIds.length > 0 ? contact(filter.storeIds.flatMap(staffOfStore)) : null,
      scope === null ? null : contact(scope),
      contradictory ? [] : null,
    ].filter((list) => list !== null),
    sources: filter.sources.length > 0 ? facets('source', filter.sources) : null,
    tags: { any: filter.tagsAny, all: filter.tagsAll, none: filter.tagsNone },
    words,
    engaged: {
      from: filter.engagedWithinDays === null ? null : daysAgo(filter.engagedWithinDays),
      // Silent for 30 days: nothing on any of the last 30, today included.
      before: filter.silentDays === null ? null : daysAgo(filter.silentDays - 1),
    },
    followed: daySpan(filter.followedFrom, filter.followedUntil, timeZone),
    scope,
  };
}

export const nobodyPasses = ({ contacts }: FilterConditions): boolean => contacts.some((list) => list.length === 0);
