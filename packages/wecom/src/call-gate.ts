import { blockMsOf, type Budget } from './call-budget.ts';
import type { CallLedger } from './call-ledger.ts';
import { lateMs } from './call-slots.ts';
import { breakerStep, quietBreaker, type BreakerEvent, type BreakerPauses, type BreakerState } from './circuit-breaker.ts';
import { WeComError } from './errors.ts';
import { parallelTurns } from './parallel-turns.ts';
import { outOfPatience, type Patience, sleepPatiently, tooLate } from './patience.ts';

/** What WeCom said to one try: `errcode` null = no usable answer, `silent` = none in time. */
export type Said = { errcode: number | null; silent: boolean };

/** `slow`: it may rightly take long (an upload). `mayBegin` is asked right before a try is sent. */
type GatedCall = { api: string; slow: boolean; mayBegin?: (() => boolean) | undefined };

export type CallGate = {
  /** Waits for a slot of each of these, beyond the API's own. */
  spend(api: string, extra: readonly { key: string; budget: Budget }[], patience: Patience): Promise<void>;
  /**
   * Sends one try when WeCom may be asked; throws WeComError of kind `rate` (no slot soon enough) or `transient` (WeCom does not
   * answer) otherwise, with `retryAfterMs`. `blockedMs`: how long WeCom blocks this API because of this try.
   */
  pass<Outcome extends Said>(
    call: GatedCall,
    patience: Patience,
    send: () => Promise<Outcome>,
  ): Promise<{ outcome: Outcome; blockedMs: number | null }>;
};

const host = 'host';
const hostPauses: BreakerPauses = { firstMs: 1000, longestMs: 10_000 };
// Longer than the host's, so that one API that never answers is not the call that tests the host for all others.
const apiPauses: BreakerPauses = { firstMs: 4000, longestMs: 60_000 };

/**
 * Stands before every try: nobody calls a WeCom that does not answer, few call an API that is crowded, and nobody exceeds a budget. The
 * budget is all processes' through the ledger; who answers and how many at once each process finds out by itself.
 */
export function guardCalls(deps: {
  ledger: CallLedger;
  budgetOf: (api: string) => Budget | null;
  clock: { now(): Date };
  sleep: (ms: number) => Promise<void>;
}): CallGate {
  const { ledger, budgetOf, sleep } = deps;
  const now = () => deps.clock.now().getTime();
  const turns = parallelTurns(now);
  const breakers = new Map<string, BreakerState>();
  const breaker = (of: string, event: BreakerEvent, at: number) =>
    breakerStep(breakers.get(of) ?? quietBreaker, event, at, of === host ? hostPauses : apiPauses);

  function refuseUnanswered(call: GatedCall, at: number): { begin(): void } {
    const event = { kind: 'ask', slow: call.slow } as const;
    const steps = [call.api, host].map((of) => ({ of, ...breaker(of, event, at) }));
    const waits = steps.map(({ decision }) => (decision.go ? 0 : decision.retryAfterMs));
    if (steps.every(({ decision }) => decision.go)) return { begin: () => steps.forEach(({ of, state }) => breakers.set(of, state)) };
    // Only the refusals are kept: whoever is let in by one and refused by the other is not under way.
    for (const { of, state, decision } of steps) if (!decision.go) breakers.set(of, state);
    const errmsg = 'WeCom has not been answering';
    throw new WeComError({ errcode: null, errmsg, api: call.api, kind: 'transient', retryAfterMs: Math.max(...waits) });
  }

  function hear({ api, slow }: GatedCall, sentAt: number, { errcode, silent }: Said): void {
    const failed = silent && !slow ? 'silent' : 'failed';
    const event = (answered: boolean) => ({ kind: 'ended', sentAt, outcome: answered ? 'answered' : failed }) as const;
    breakers.set(host, breaker(host, event(errcode !== null), now()).state);
    // "System busy" is an answer of the host's, but not one of this API's.
    breakers.set(api, breaker(api, event(errcode !== null && errcode !== -1), now()).state);
  }

  async function waitForSlot(api: string, key: string, budget: Budget | null, patience: Patience): Promise<void> {
    for (;;) {
      const slot = await ledger.take({ key, budget, maxWaitMs: patience.leftMs });
      if ('retryAfterMs' in slot) throw outOfPatience(api, slot.retryAfterMs);
      if (slot.waitMs === 0) return;
      patience.leftMs -= slot.waitMs;
      const freeAt = now() + slot.waitMs;
      await sleepPatiently(sleep, slot.waitMs, patience);
      if (patience.signal?.aborted) throw tooLate(api);
      if ((await ledger.blockedMs(key)) === 0 && now() - freeAt <= lateMs) return;
    }
  }

  return {
    async spend(api, extra, patience) {
      if (extra.length > 0) refuseUnanswered({ api, slow: false }, now());
      const patiences = extra.map(() => ({ ...patience }));
      await Promise.all(extra.map(({ key, budget }, index) => waitForSlot(api, key, budget, patiences[index] ?? patience)));
      patience.leftMs = Math.min(patience.leftMs, ...patiences.map(({ leftMs }) => leftMs));
    },

    async pass(call, patience, send) {
      const { api } = call;
      refuseUnanswered(call, now());
      const turn = await turns.take(api, patience);
      let said: Said = { errcode: null, silent: false };
      try {
        const budget = budgetOf(api);
        await waitForSlot(api, api, budget, patience);
        const sentAt = now();
        const entry = refuseUnanswered(call, sentAt);
        if (patience.signal?.aborted || call.mayBegin?.() === false) throw tooLate(api);
        entry.begin();
        const outcome = await send();
        said = outcome;
        hear(call, sentAt, outcome);
        const overLimit = outcome.errcode === 45009;
        const blockedMs = overLimit ? await ledger.block({ key: api, sentMsAgo: now() - sentAt, blockMs: blockMsOf(api, budget) }) : null;
        return { outcome, blockedMs };
      } finally {
        turn.end(said.errcode === 45033 ? 'crowded' : said.errcode === null ? 'failed' : 'answered');
      }
    },
  };
}
