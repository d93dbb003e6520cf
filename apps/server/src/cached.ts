import type { Clock } from './clock.ts';
import type { Database } from './database.ts';

export type Cached<T> = {
  get(): Promise<T>;
  /** This process changed it: the next reader waits for the new value. */
  forget(): void;
};

type Options<T> = {
  clock: Clock;
  load: (previous: T | null) => Promise<T>;
  /** A cheap question to the store; false loads again. Without it, what is no longer fresh is loaded again. */
  isCurrent?: (value: T) => Promise<boolean>;
  /** For so long nothing is asked at all. */
  freshMs?: number;
  /** For so long after that a reader gets what is there while it is looked at again; then a reader waits. */
  staleMs?: number;
};

/** Something that every request needs and that changes rarely. However many ask at once, it is loaded once. */
export function cached<T>(options: Options<T>): Cached<T> {
  const { clock, load, isCurrent, freshMs = 10_000, staleMs = 50_000 } = options;
  let held: { value: T; checkedAt: number } | null = null;
  let renewing: Promise<T> | null = null;
  let generation = 0;

  async function renew(): Promise<T> {
    const begun = generation;
    const before = held;
    const value = before !== null && isCurrent && (await isCurrent(before.value)) ? before.value : await load(before?.value ?? null);
    // Forgotten while it was being loaded: what was read may be older than the change.
    if (begun === generation) held = { value, checkedAt: clock.now().getTime() };
    return value;
  }

  function renewOnce(): Promise<T> {
    if (renewing) return renewing;
    const running = renew().finally(() => {
      if (renewing === running) renewing = null;
    });
    renewing = running;
    return running;
  }

  return {
    async get() {
      if (held === null) return renewOnce();
      const age = clock.now().getTime() - held.checkedAt;
      if (age >= 0 && age < freshMs) return held.value;
      const { value } = held;
      if (age >= 0 && age < freshMs + staleMs) {
        // The store is away for a moment: what is known is better than nothing, and the next reader tries again.
        renewOnce().catch(() => undefined);
        return value;
      }
      return renewOnce();
    },
    forget() {
      generation += 1;
      held = null;
      renewing = null;
    },
  };
}

/** One per database, made when first asked for and gone with it: what all features that use this database share. */
export function onePerDatabase<O extends { db: Database }, T>(make: (owner: O) => T): (owner: O) => T {
  const made = new WeakMap<Database, T>();
  return (owner) => {
    const known = made.get(owner.db);
    if (known !== undefined) return known;
    const fresh = make(owner);
    made.set(owner.db, fresh);
    return fresh;
  };
}
