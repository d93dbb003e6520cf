import type { Budget } from './call-budget.ts';
import { slotsStep, unusedSlots, type SlotDecision, type SlotsEvent, type SlotsState } from './call-slots.ts';

/** `key`: an API path, or an API path and what WeCom counts it by. `budget` null: only a block counts. */
export type SlotRequest = { key: string; budget: Budget | null; maxWaitMs: number };

/**
 * What all processes of one corp have asked of WeCom, so that together they stay within its limits. It reads its own clock, since the
 * processes' clocks differ. When it throws, the call fails with what it threw.
 *
 * In Postgres a key is a row of (key, offered_at, minute_free_at, hour_free_at, blocked_until, strikes), instants as `float8` in ms, and
 * each method is one statement, run in a transaction of its own so that nobody waits for the row longer than that. `$2, $3` = `everyMs`,
 * `leewayMs` of `paceOf(budget.perMinute, minuteMs)`, `$6, $7` the same of the hour, all null without a budget; `$4` = the database's
 * clock, `$5` = `maxWaitMs`; all `::float8`. The slot is taken when `wait_ms` ≤ `$5`:
 *
 *     INSERT INTO call_slots AS s (key, offered_at, minute_free_at, hour_free_at, blocked_until, strikes)
 *     VALUES ($1, $4, $4 + coalesce($2, 0), $4 + coalesce($6, 0), 0, 0)
 *     ON CONFLICT (key) DO UPDATE SET
 *       offered_at = greatest($4, s.blocked_until, s.minute_free_at - $3, s.hour_free_at - $7),
 *       minute_free_at = CASE WHEN greatest($4, s.blocked_until, s.minute_free_at - $3, s.hour_free_at - $7) <= $4 + $5
 *         THEN coalesce(greatest($4, s.blocked_until, s.minute_free_at, s.hour_free_at - $7) + $2, s.minute_free_at)
 *         ELSE s.minute_free_at END,
 *       hour_free_at = CASE WHEN greatest($4, s.blocked_until, s.minute_free_at - $3, s.hour_free_at - $7) <= $4 + $5
 *         THEN coalesce(greatest($4, s.blocked_until, s.minute_free_at - $3, s.hour_free_at) + $6, s.hour_free_at)
 *         ELSE s.hour_free_at END
 *     RETURNING ceil(offered_at - $4) AS wait_ms
 *
 * `block`, with `$2` = `sentMsAgo`, `$3` = `blockMs` (the row is there: the call had a slot):
 *
 *     UPDATE call_slots SET
 *       strikes = CASE WHEN $4 - $2 < blocked_until THEN strikes WHEN $4 - $2 < blocked_until + $3 THEN strikes + 1 ELSE 1 END,
 *       blocked_until = CASE WHEN $4 - $2 < blocked_until THEN blocked_until ELSE $4 + least(
 *         $3 * 2 ^ (CASE WHEN $4 - $2 < blocked_until + $3 THEN strikes ELSE 0 END), greatest($3, 3600000)) END
 *     WHERE key = $1 RETURNING greatest(0, ceil(blocked_until - $4)) AS retry_after_ms
 */
export type CallLedger = {
  /** Reserves the next slot in order of asking, when it comes within `maxWaitMs`. */
  take(request: SlotRequest): Promise<SlotDecision>;
  /** Milliseconds until WeCom's block of this key is over; 0 without one. For who waited for a slot: a block may have come meanwhile. */
  blockedMs(key: string): Promise<number>;
  /**
   * WeCom said 45009 to a call sent `sentMsAgo`: nobody gets a slot before the answer, in ms, has passed. Blocks for `blockMs`, twice
   * as long when the block before it did not help (up to an hour); a call sent before the present block began changes nothing.
   */
  block(refusal: { key: string; sentMsAgo: number; blockMs: number }): Promise<number>;
};

/** A ledger for one process. */
export function memoryCallLedger(clock: { now(): Date }): CallLedger {
  const slots = new Map<string, SlotsState>();
  const now = () => clock.now().getTime();
  function step(key: string, event: SlotsEvent): SlotDecision {
    const { state, decision } = slotsStep(slots.get(key) ?? unusedSlots, event, now());
    slots.set(key, state);
    return decision;
  }
  return {
    take: async ({ key, budget, maxWaitMs }) => step(key, { kind: 'take', budget, maxWaitMs }),
    blockedMs: async (key) => Math.max(0, (slots.get(key)?.blockedUntil ?? 0) - now()),
    async block({ key, sentMsAgo, blockMs }) {
      const decision = step(key, { kind: 'overLimit', sentAt: now() - sentMsAgo, blockMs });
      return 'retryAfterMs' in decision ? decision.retryAfterMs : 0;
    },
  };
}
