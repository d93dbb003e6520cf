import type { Queryable } from '../database.ts';
import { cardOutcomes, suggestionLists } from './suggestions.table.ts';

/** Told twice is once: the same list has the same instant. */
export async function insertShownList(db: Queryable, list: typeof suggestionLists.$inferInsert): Promise<void> {
  await db.insert(suggestionLists).values(list).onConflictDoNothing();
}

export async function insertCardOutcome(db: Queryable, outcome: typeof cardOutcomes.$inferInsert): Promise<void> {
  await db.insert(cardOutcomes).values(outcome).onConflictDoNothing();
}
