import { panel } from '@nextline/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop, writeScript } from '../test-shop.ts';
import { cardOutcomes, suggestionLists } from './suggestions.table.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openShop(app.deps);
  await writeScript(app.deps, { scriptId: 'one' });
  await writeScript(app.deps, { scriptId: 'two' });
});
afterAll(() => app.close());

const call = (method: 'GET' | 'POST', path: string, payload?: Record<string, unknown>, staffUserId = 'zhou') =>
  app.app.inject({ method, url: `/api/sidebar/customers/wmLin${path}`, headers: app.cookieOf(staffUserId), ...(payload && { payload }) });

async function shownList() {
  const { suggestions } = panel.parse((await call('GET', '')).json());
  const cards = suggestions.cards.map(({ slot, scriptId, version, probability, score }) => ({
    slot,
    scriptId,
    version,
    probability,
    score,
  }));
  return { listId: suggestions.listId, computedAt: suggestions.computedAt, proof: suggestions.proof, cards };
}

test('what was shown is kept once, with slot and probability, and what became of a card beside it', async () => {
  const list = await shownList();
  expect(list.cards.map((card) => card.probability)).toEqual([1, 1]);
  for (let n = 0; n < 2; n += 1) expect((await call('POST', '/suggestion-lists', list)).statusCode).toBe(204);
  expect(await app.database.db.select().from(suggestionLists)).toMatchObject([
    { listId: list.listId, staffUserId: 'zhou', cards: list.cards },
  ]);
  const outcome = { slot: 1, outcome: 'replaced', at: '2100-01-01T00:00:00.000Z' };
  for (let n = 0; n < 2; n += 1) expect((await call('POST', `/suggestion-lists/${list.listId}/outcomes`, outcome)).statusCode).toBe(204);
  const [kept] = await app.database.db.select().from(cardOutcomes);
  expect(kept).toMatchObject({ slot: 1, outcome: 'replaced' });
  expect(kept?.at.getTime()).toBeLessThanOrEqual(app.clock.now().getTime());
});

test('what became of a card is heard only from whom it was shown to, for whom, and when there was such a card', async () => {
  const list = await shownList();
  await call('POST', '/suggestion-lists', list);
  const before = await app.database.db.select().from(cardOutcomes);
  const outcome = { slot: 1, outcome: 'edited', at: list.computedAt };
  const refused = [
    await call('POST', '/suggestion-lists/018f3b1c-0000-7000-8000-000000000001/outcomes', outcome),
    await call('POST', `/suggestion-lists/${list.listId}/outcomes`, { ...outcome, slot: 3 }),
    await call('POST', `/suggestion-lists/${list.listId}/outcomes`, outcome, 'lu'),
  ];
  expect(refused.map((answer) => answer.statusCode)).toEqual([404, 404, 404]);
  expect(await app.database.db.select().from(cardOutcomes)).toEqual(before);
});

test('a list that the page made up, or that was computed for somebody else, is refused', async () => {
  const list = await shownList();
  const forged = { ...list, cards: list.cards.map((card) => ({ ...card, probability: 0.5 })) };
  expect((await call('POST', '/suggestion-lists', forged)).json().error.code).toBe('suggestion.unproven');
  expect((await call('POST', '/suggestion-lists', list, 'lu')).statusCode).toBe(403);
});
