import type { Queryable } from '../database.ts';
import { asOf, type TouchSummary, withInstant, withoutInstant } from '../customers/touch-summary.ts';
import { refusalOf } from './guard.ts';
import { refusedBy } from './send-answer.ts';
import { readOptedOutAt, saveSummary, type StoredSend } from './sends.store.ts';
import { holdsReservation } from './settle-part.ts';

/**
 * Takes a place under the cap for a send that begins at `send.startedAt`, or refuses. The caller holds the customer's lock, so however many come
 * at once, no more than the rules allow find room. A service send needs no place.
 */
export async function takePlace(
  tx: Queryable,
  locked: TouchSummary,
  send: StoredSend,
  timeZone: string,
  offer: string | null = null,
): Promise<void> {
  if (!holdsReservation(send)) return;
  const summary = asOf(locked, send.startedAt, timeZone);
  const state = { marketingTouchedAt: summary.marketingTouchedAt, optedOutAt: await readOptedOutAt(tx, send.externalUserId) };
  const refusal = refusalOf(send.purpose, state, send.startedAt, timeZone);
  if (refusal) throw refusedBy(refusal, offer);
  await saveSummary(tx, send.externalUserId, {
    ...summary,
    marketingTouchedAt: withInstant(summary.marketingTouchedAt, send.startedAt),
  });
}

/** The rest of what has begun to reach her needs no place of its own; an opt-out and the night stop it all the same. */
export async function mayGoOn(tx: Queryable, send: StoredSend, timeZone: string): Promise<void> {
  const state = { marketingTouchedAt: [], optedOutAt: await readOptedOutAt(tx, send.externalUserId) };
  const refusal = refusalOf(send.purpose, state, send.startedAt, timeZone);
  if (refusal) throw refusedBy(refusal);
}

/** The summary without the place that this send held, if it held one: nothing reached her, or now the touch itself counts. */
export function withoutPlace(summary: TouchSummary, before: StoredSend): TouchSummary {
  if (!holdsReservation(before)) return summary;
  return { ...summary, marketingTouchedAt: withoutInstant(summary.marketingTouchedAt, before.startedAt) };
}
