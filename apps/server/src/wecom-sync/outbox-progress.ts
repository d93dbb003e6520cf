import type { Queryable } from '../database.ts';
import { outboxState } from './outbox.store.ts';

export type OutboxProgress = { waiting: number; oldestSeconds: number; unsure: number };

/** How much WeCom has not taken yet, and what a person must look at because nobody can say whether it was done. */
export const outboxProgress = (db: Queryable): Promise<OutboxProgress> => outboxState(db);
