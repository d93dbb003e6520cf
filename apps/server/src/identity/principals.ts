import type { Clock } from '../clock.ts';
import type { Queryable } from '../database.ts';
import type { Principal } from '../feature.ts';
import { findPrincipal } from './staff.store.ts';

export type Principals = {
  /** Null for somebody whom we do not know or who has left. */
  find(staffUserId: string): Promise<Principal | null>;
  /** Somebody's role, store or presence changed: the next request asks the store. */
  forget(staffUserId: string): void;
};

/** With 20 s for noticing that somebody left WeCom, a session is dead within 60 s. */
const trustedForMs = 30_000;
const kept = 20_000;

export function createPrincipals(db: Queryable, clock: Clock): Principals {
  const known = new Map<string, { principal: Promise<Principal | null>; askedAt: number }>();
  return {
    find(staffUserId) {
      const now = clock.now().getTime();
      const remembered = known.get(staffUserId);
      if (remembered && now - remembered.askedAt < trustedForMs) return remembered.principal;
      if (known.size >= kept) known.clear();
      const principal = findPrincipal(db, staffUserId);
      known.set(staffUserId, { principal, askedAt: now });
      // An answer that never came must not be remembered.
      principal.catch(() => known.delete(staffUserId));
      return principal;
    },
    forget: (staffUserId) => void known.delete(staffUserId),
  };
}
