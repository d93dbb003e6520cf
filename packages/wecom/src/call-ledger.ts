import type { Budget } from './call-budget.ts';
import { slotsStep, unusedSlots, type SlotDecision, type SlotsEvent, type SlotsState } from './call-slots.ts';

/** `key`: an API path, or an API path and what WeCom counts it by. `budget` null: only a block counts. */
export type SlotRequest = { key: string; budget: Budget | null; maxWaitMs: number };

/**
 * What all processes of one corp have asked of WeCom, so that together they stay within its limits. It reads its own clock, since the
 * processes' clocks differ, and decides as `slotsStep`. When it throws, the call fails with what it threw.
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
    async blockedMs(key) {
      const { blockedUntil, seenAt } = slots.get(key) ?? unusedSlots;
      return Math.max(0, blockedUntil - Math.max(now(), seenAt));
    },
    async block({ key, sentMsAgo, blockMs }) {
      const decision = step(key, { kind: 'overLimit', sentAt: now() - sentMsAgo, blockMs });
      return 'retryAfterMs' in decision ? decision.retryAfterMs : 0;
    },
  };
}
