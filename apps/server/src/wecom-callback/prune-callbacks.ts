import type { Queryable } from '../database.ts';
import { pruneInbox } from './inbox.store.ts';

const keptMs = 30 * 86_400_000;

/** A month of what came in is enough to explain anything; WeCom repeats within seconds. */
export const pruneCallbacks = (db: Queryable, now: Date): Promise<void> => pruneInbox(db, new Date(now.getTime() - keptMs));
