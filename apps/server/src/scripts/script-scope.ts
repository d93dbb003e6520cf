import { monthOf } from '../corp-time.ts';
import type { Principal } from '../feature.ts';
import type { StoredScript } from './scripts.store.ts';

type Scoped = Pick<StoredScript, 'scope' | 'storeIds' | 'ownerUserId'>;
type Dated = Pick<StoredScript, 'validFrom' | 'validUntil'>;

/** Whether this staff member may see it: the company's, that of stores of which theirs is one, their own. */
export function isVisibleTo(script: Scoped, who: Pick<Principal, 'staffUserId' | 'storeId'>): boolean {
  if (script.scope === 'company') return true;
  if (script.scope === 'store') return who.storeId !== null && script.storeIds.includes(who.storeId);
  return script.ownerUserId === who.staffUserId;
}

/** `validUntil` itself is over. */
export function isValidAt(script: Dated, now: Date): boolean {
  return (script.validFrom === null || script.validFrom <= now) && (script.validUntil === null || now < script.validUntil);
}

/** Whether this month of the corp is one of its season; without a season it is always. */
export function isInSeason({ season = [] }: { season?: readonly number[] }, now: Date, timeZone: string): boolean {
  return season.length === 0 || season.includes(monthOf(now, timeZone));
}
