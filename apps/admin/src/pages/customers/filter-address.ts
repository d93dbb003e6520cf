import type { CustomerFilter, CustomerSort } from '@nextline/contract';
import type { LocationQuery } from 'vue-router';

export const emptyFilter: CustomerFilter = {
  q: '',
  stageIds: [],
  tagsAny: [],
  tagsAll: [],
  tagsNone: [],
  storeIds: [],
  guideIds: [],
  sources: [],
  engagedWithinDays: null,
  silentDays: null,
  followedFrom: null,
  followedUntil: null,
  optedOut: null,
  hasOrder: null,
  relation: 'alive',
};

const sameAs = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Only what was chosen: so an address stays short and a filter of today still means the same when there are more conditions. */
export function chosenConditions(filter: CustomerFilter): Partial<CustomerFilter> {
  return Object.fromEntries(
    Object.entries(filter).filter(([name, value]) => !sameAs(value, Object.entries(emptyFilter).find(([key]) => key === name)?.[1])),
  );
}

export type ListQuery = { filter: CustomerFilter; sort: CustomerSort };

/** What the address asks for; what nobody can read in it is left out. The server checks the rest. */
export function readListQuery(query: LocationQuery): ListQuery {
  const said = typeof query['filter'] === 'string' ? query['filter'] : '{}';
  const sort = query['sort'] === 'followed' ? 'followed' : 'engaged';
  try {
    const read: Partial<CustomerFilter> | null = JSON.parse(said);
    return { filter: { ...emptyFilter, ...read }, sort };
  } catch {
    return { filter: emptyFilter, sort };
  }
}

export function writeListQuery({ filter, sort }: ListQuery): Record<string, string> {
  const chosen = chosenConditions(filter);
  return { ...(Object.keys(chosen).length > 0 && { filter: JSON.stringify(chosen) }), ...(sort !== 'engaged' && { sort }) };
}
