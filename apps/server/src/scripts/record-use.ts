import type { Queryable } from '../database.ts';
import { countUse } from './scripts.store.ts';

/** A script reached somebody: counts for this staff member's recents and ranking. Called once per send, in its transaction. */
export const recordUse = (tx: Queryable, use: { corpId: string; staffUserId: string; scriptId: string; at: Date }): Promise<void> =>
  countUse(tx, use.corpId, use.staffUserId, use.scriptId, use.at);
