import type { CustomerFilter } from '@nextline/contract';
import type { Deps, Principal } from '../feature.ts';
import { corpTimeZone } from './corp-zone.ts';
import { type CustomerScope, filterConditions, type FilterConditions } from './filter-conditions.ts';
import { staffDirectory } from './staff-directory.ts';

type ScopeDeps = Pick<Deps, 'db' | 'clock'>;
export type Seer = Pick<Principal, 'staffUserId' | 'role' | 'storeId'>;

/** Whose customers this person sees in the console: headquarters everybody's, a manager those of the own store and their own. */
export async function customerScope(deps: ScopeDeps, who: Seer): Promise<CustomerScope> {
  if (who.role !== 'manager' && who.role !== 'guide') return null;
  const { staffOfStore } = await staffDirectory(deps);
  const ofStore = who.role === 'manager' && who.storeId !== null ? staffOfStore(who.storeId) : [];
  return [...new Set([who.staffUserId, ...ofStore])];
}

/** What a filter means when this person asks now. */
export async function conditionsFor(deps: ScopeDeps, who: Seer, filter: CustomerFilter): Promise<FilterConditions> {
  const [scope, timeZone, directory] = await Promise.all([customerScope(deps, who), corpTimeZone(deps), staffDirectory(deps)]);
  return filterConditions(filter, { now: deps.clock.now(), timeZone, scope, staffOfStore: directory.staffOfStore });
}
