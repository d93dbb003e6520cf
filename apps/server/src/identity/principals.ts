import type { Deps, Principal } from '../feature.ts';
import { refreshStaff } from '../wecom-sync/sync-staff.ts';
import { within } from '../within.ts';
import type { Session } from './sessions.ts';
import { findPerson, type KnownPerson } from './staff.store.ts';

export type Principals = {
  /** Null for somebody whom we do not know or who has left. */
  find(staffUserId: string): Promise<Principal | null>;
  /** The same for the console, where a session that began before its person signed out is none. */
  findForConsole(session: Session): Promise<Principal | null>;
  /** Somebody's role, store or presence changed: the next request asks the store. */
  forget(staffUserId: string): void;
};

/** With 20 s for noticing that somebody left WeCom, a session is dead within 60 s. */
const trustedForMs = 30_000;
const kept = 20_000;
/** A WeCom that is slow keeps nobody from their work. */
const patienceMs = 1_000;

/** Not what is from the future: a clock that ran ahead and was set back makes nobody trusted until then. */
const isYoung = (ageMs: number) => ageMs >= -trustedForMs && ageMs < trustedForMs;

/**
 * Who somebody is. Whoever follows customers is in the list that a worker reads every ten seconds. Of the others there may be thousands, too many to
 * ask about all the time: WeCom is asked about one when they come. While it does not answer, the store's word counts.
 */
async function findPresent(deps: Deps, staffUserId: string): Promise<KnownPerson | null> {
  const { clock, db, log, wecomHealth } = deps;
  const person = await findPerson(db, staffUserId);
  if (person === null) return null;
  const fresh = isYoung(clock.now().getTime() - person.syncedAt.getTime());
  if (person.followsCustomers || fresh || !wecomHealth.reachable()) return person;
  try {
    const here = await within(patienceMs, refreshStaff(deps, staffUserId, new Set()), () => new Error('WeCom takes its time'));
    return here === 'left' ? null : await findPerson(db, staffUserId);
  } catch (error) {
    log.debug({ err: error, staff: staffUserId }, 'WeCom could not be asked whether somebody is still here');
    return person;
  }
}

export function createPrincipals(deps: Deps): Principals {
  const { clock } = deps;
  const known = new Map<string, { person: Promise<KnownPerson | null>; askedAt: number }>();

  function findKnown(staffUserId: string): Promise<KnownPerson | null> {
    const now = clock.now().getTime();
    const remembered = known.get(staffUserId);
    if (remembered && isYoung(now - remembered.askedAt)) return remembered.person;
    if (known.size >= kept) known.clear();
    const person = findPresent(deps, staffUserId);
    known.set(staffUserId, { person, askedAt: now });
    // An answer that never came must not be remembered.
    person.catch(() => known.delete(staffUserId));
    return person;
  }

  return {
    find: async (staffUserId) => (await findKnown(staffUserId))?.principal ?? null,
    async findForConsole({ staffUserId, begunAt }) {
      const person = await findKnown(staffUserId);
      return person === null || (person.consoleEndedAt !== null && begunAt < person.consoleEndedAt) ? null : person.principal;
    },
    forget: (staffUserId) => void known.delete(staffUserId),
  };
}
