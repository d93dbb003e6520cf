import type { Queryable } from '../database.ts';
import type { Principal } from '../feature.ts';
import { countReviews } from './script-editing.store.ts';
import { reachOf } from './script-reach.ts';

/** How many of the scripts that this person sees wait for a reviewer. */
export const countInReview = (db: Queryable, who: Principal): Promise<number> => countReviews(db, reachOf(who));
