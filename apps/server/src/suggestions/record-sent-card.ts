import type { Queryable } from '../database.ts';
import { type Card, insertCardOutcome, wasShown } from './suggestions.store.ts';

/** The card was sent: written by the send itself, in its transaction. Of a card that nobody was shown nothing is known, and the send is one all the same. */
export async function recordSentCard(tx: Queryable, card: Card & { corpId: string; at: Date }): Promise<void> {
  if (await wasShown(tx, card)) await insertCardOutcome(tx, { ...card, outcome: 'sent' });
}
