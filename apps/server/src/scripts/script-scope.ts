import type { Principal } from '../feature.ts';
import type { StoredScript } from './scripts.store.ts';

type Scoped = Pick<StoredScript, 'scope' | 'storeId' | 'ownerUserId'>;
type Dated = Pick<StoredScript, 'validFrom' | 'validUntil'>;

/** Whether this staff member may see it: the company's, their store's, their own. */
export function isVisibleTo(script: Scoped, who: Pick<Principal, 'staffUserId' | 'storeId'>): boolean {
  if (script.scope === 'company') return true;
  if (script.scope === 'store') return script.storeId !== null && script.storeId === who.storeId;
  return script.ownerUserId === who.staffUserId;
}

/** `validUntil` itself is over. */
export function isValidAt(script: Dated, now: Date): boolean {
  return (script.validFrom === null || script.validFrom <= now) && (script.validUntil === null || now < script.validUntil);
}
