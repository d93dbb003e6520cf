import type { Suggestion } from '@nextline/contract';
import { expect, test } from 'vitest';
import { hasStock, newDeck, swapCard, withoutCard } from './deck.ts';
import { putBack } from './remind.ts';

const card = (slot: number): Suggestion => ({
  slot,
  scriptId: `script-${slot}`,
  version: 1,
  title: '',
  purpose: 'service',
  meta: '',
  due: null,
  defaults: {},
  taskId: null,
  parts: [],
  reason: { kind: 'fact', text: '' },
  blocked: null,
  probability: 1,
  score: 0,
});
const slots = (deck: { cards: readonly Suggestion[] }) => deck.cards.map(({ slot }) => slot);
const computedAt = '2026-06-09T06:32:00.000Z';
const deck = newDeck({ listId: 'l', computedAt, cards: [card(2), card(1), card(3), card(4)] });

test('cards stand in the order of their slots', () => {
  expect(slots(deck)).toEqual([1, 2, 3, 4]);
});

test('换一个 brings the next of the stock into the same place and comes round again', () => {
  const once = swapCard(deck, 1, 2);
  expect(slots(once)).toEqual([3, 2, 4, 1]);
  const twice = swapCard(once, 3, 2);
  expect(slots(twice)).toEqual([4, 2, 1, 3]);
  expect(slots(swapCard(twice, 4, 2))).toEqual([1, 2, 3, 4]);
});

test('without a stock nothing is swapped', () => {
  const small = newDeck({ listId: 'l', computedAt, cards: [card(1), card(2)] });
  expect(hasStock(small, 2)).toBe(false);
  expect(swapCard(small, 1, 2)).toBe(small);
});

test('a sent card leaves and the next one moves up', () => {
  expect(slots(withoutCard(deck, 1))).toEqual([2, 3, 4]);
});

test('a list that was made before a card was put off does not bring it back, a later one does', () => {
  const list = { listId: 'l', computedAt, cards: [card(1), card(2)] };
  expect(slots(newDeck(list, new Map([['script-1', Date.parse(computedAt) + 1]])))).toEqual([2]);
  expect(slots(newDeck(list, new Map([['script-1', Date.parse(computedAt)]])))).toEqual([1, 2]);
});

test('撤销 brings a card back to its place, but not into another list', () => {
  const [first, second] = deck.cards;
  const put = withoutCard(withoutCard(deck, 2), 1);
  expect(slots(putBack(put, first!, deck))).toEqual([1, 3, 4]);
  expect(slots(putBack(withoutCard(deck, 2), second!, deck))).toEqual([1, 2, 3, 4]);
  expect(slots(putBack({ ...put, listId: 'newer' }, first!, deck))).toEqual([3, 4]);
});
