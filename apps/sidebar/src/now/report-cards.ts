import type { ReportCardOutcomeBody, SuggestionList } from '@nextline/contract';
import { api } from '../api.ts';
import { instantNow } from '../clock.ts';

/**
 * Tells the server what was shown and what became of it: the ground truth of every later measurement. Best effort on purpose: nobody waits for
 * it and nothing is shown when it fails. A list is told once, and always before its outcomes.
 */
export function cardReports() {
  const told = new Map<string, Promise<unknown>>();

  function shown(externalUserId: string, { listId, computedAt, cards, proof }: SuggestionList): void {
    if (cards.length === 0 || told.has(listId)) return;
    const body = {
      listId,
      computedAt,
      proof,
      cards: cards.map(({ slot, scriptId, version, probability, score }) => ({ slot, scriptId, version, probability, score })),
    };
    const call = api('POST /api/sidebar/customers/:externalUserId/suggestion-lists', { params: { externalUserId }, body });
    told.set(
      listId,
      call.catch(() => told.delete(listId)),
    );
  }

  function outcome(externalUserId: string, listId: string, slot: number, what: ReportCardOutcomeBody['outcome']): void {
    const body = { slot, outcome: what, at: instantNow().toISOString() };
    void Promise.resolve(told.get(listId))
      .then(() =>
        api('POST /api/sidebar/customers/:externalUserId/suggestion-lists/:listId/outcomes', { params: { externalUserId, listId }, body }),
      )
      .catch(() => undefined);
  }

  return { shown, outcome };
}
