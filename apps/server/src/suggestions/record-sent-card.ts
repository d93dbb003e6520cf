import type { Queryable } from '../database.ts';
import { insertCardOutcome } from './suggestions.store.ts';

/** The card was sent: written by the send itself, in its transaction. */
export const recordSentCard = (
  tx: Queryable,
  card: { corpId: string; externalUserId: string; listId: string; slot: number; staffUserId: string; at: Date },
): Promise<void> => insertCardOutcome(tx, { ...card, outcome: 'sent' });
