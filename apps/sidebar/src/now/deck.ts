import type { Suggestion, SuggestionList } from '@nextline/contract';

/** The cards of one list in the order they are offered: the first few are on screen, the rest is the stock for 换一个. */
export type Deck = { listId: string; cards: readonly Suggestion[] };

/** `putOff`: script id → when the guide put it off (ms). Of a list that was made before, that card is left out. */
export function newDeck(
  { listId, computedAt, cards }: Pick<SuggestionList, 'listId' | 'computedAt' | 'cards'>,
  putOff: ReadonlyMap<string, number> = new Map(),
): Deck {
  const offered = cards.filter(({ scriptId }) => {
    const since = putOff.get(scriptId);
    return since === undefined || Date.parse(computedAt) >= since;
  });
  return { listId, cards: offered.sort((a, b) => a.slot - b.slot) };
}

/** 换一个: the first card of the stock takes this card's place, and this one goes to the end of the stock. Unchanged without a stock. */
export function swapCard(deck: Deck, slot: number, onScreen: number): Deck {
  const at = deck.cards.findIndex((card) => card.slot === slot);
  const [next, ...stock] = deck.cards.slice(onScreen);
  const swapped = deck.cards[at];
  if (!next || !swapped || at >= onScreen) return deck;
  return { ...deck, cards: [...deck.cards.slice(0, onScreen).map((card) => (card.slot === slot ? next : card)), ...stock, swapped] };
}

/** Sent or put off: the cards behind it move up. */
export function withoutCard(deck: Deck, slot: number): Deck {
  return { ...deck, cards: deck.cards.filter((card) => card.slot !== slot) };
}

export function hasStock(deck: Deck, onScreen: number): boolean {
  return deck.cards.length > onScreen;
}
