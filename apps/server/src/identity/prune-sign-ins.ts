import type { Queryable } from '../database.ts';
import { pruneStates } from './oauth-states.store.ts';
import { signInMinutes } from './sign-in-state.ts';

/** A state that is too old to be accepted need not be remembered as used. */
export const pruneSignIns = (db: Queryable, now: Date): Promise<void> =>
  pruneStates(db, new Date(now.getTime() - 2 * signInMinutes * 60_000));
