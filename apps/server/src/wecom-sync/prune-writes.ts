import type { Queryable } from '../database.ts';
import { pruneWrites } from './outbox.store.ts';

const keptMs = 30 * 86_400_000;

/** As long as callbacks are kept. */
export const pruneSettledWrites = (db: Queryable, now: Date): Promise<void> => pruneWrites(db, new Date(now.getTime() - keptMs));
