import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ShownCard } from './suggestions.table.ts';

export type ProvenList = { listId: string; computedAt: string; staffUserId: string; externalUserId: string; cards: ShownCard[] };

/** Binds a list to whom it was computed for, so that the log of what was shown holds nothing that a page made up. */
export function proofOf(list: ProvenList, sessionKey: string): string {
  const cards = list.cards.map((card) => [card.slot, card.scriptId, card.version, card.probability, card.score]);
  return createHmac('sha256', `suggestion lists ${sessionKey}`)
    .update(JSON.stringify([list.listId, list.computedAt, list.staffUserId, list.externalUserId, cards]))
    .digest('base64url');
}

export function isProven(list: ProvenList, proof: string, sessionKey: string): boolean {
  const expected = Buffer.from(proofOf(list, sessionKey));
  const given = Buffer.from(proof);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
