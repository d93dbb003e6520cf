import type { Queryable } from '../database.ts';
import { and, eq } from 'drizzle-orm';
import { cardOutcomes, suggestionLists } from './suggestions.table.ts';

/** Told twice is once: the same list has the same instant. */
export async function insertShownList(db: Queryable, list: typeof suggestionLists.$inferInsert): Promise<void> {
  await db.insert(suggestionLists).values(list).onConflictDoNothing();
}

export type Card = { externalUserId: string; listId: string; slot: number; staffUserId: string };

/** Whether this very card was shown to this staff member for this customer. */
export async function wasShown(db: Queryable, { externalUserId, listId, slot, staffUserId }: Card): Promise<boolean> {
  const [list] = await db
    .select({ cards: suggestionLists.cards })
    .from(suggestionLists)
    .where(
      and(
        eq(suggestionLists.externalUserId, externalUserId),
        eq(suggestionLists.listId, listId),
        eq(suggestionLists.staffUserId, staffUserId),
      ),
    );
  return list?.cards.some((card) => card.slot === slot) ?? false;
}

export async function insertCardOutcome(db: Queryable, outcome: typeof cardOutcomes.$inferInsert): Promise<void> {
  await db.insert(cardOutcomes).values(outcome).onConflictDoNothing();
}
