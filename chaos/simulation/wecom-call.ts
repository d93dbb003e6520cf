import { blockMsOf, type Budget } from '../../packages/wecom/src/call-budget.ts';
import { lateMs, slotsStep, type SlotsState, unusedSlots } from '../../packages/wecom/src/call-slots.ts';
import { breakerStep, type BreakerState, quietBreaker } from '../../packages/wecom/src/circuit-breaker.ts';
import { classify, WeComError } from '../../packages/wecom/src/index.ts';
import type { Chance } from '../seeded.ts';

/** Milliseconds for which a worker has nothing to do; 0 is an `await` at which anything may happen. */
export type Work<T> = Generator<number, T, void>;

export type Weather = 'clear' | 'busy' | 'lostBefore' | 'lostAfter' | 'limited';

/** What lies between our processes and WeCom: who has called when, what is under way, what the weather is. */
export type Line = {
  now(): number;
  chance: Chance;
  weather: Weather;
  /** Requests on their way; they arrive whatever becomes of who sent them. */
  travelling: { arrivesAt: number; arrive: () => void }[];
  /** Instants at which WeCom was called, by API; those of the last hour. */
  sent: Map<string, number[]>;
  /** Shared by all processes, as the ledger in Postgres is. */
  slots: Map<string, SlotsState>;
};

/** A process finds out by itself who answers. */
export type Breakers = Map<string, BreakerState>;

/** So small that it is reached again and again. */
export const modelBudget: Budget = { perMinute: 10, perHour: 300 };
const timeoutMs = 5_000;
const pauses = { firstMs: 1_000, longestMs: 10_000 };

type Call<T> = { api: string; carryOut: () => T; mayBegin?: () => boolean };

function refusal(api: string, kind: WeComError['kind'], retryAfterMs: number): WeComError {
  return new WeComError({ api, errcode: null, errmsg: 'not asked', kind, retryAfterMs });
}

/** One try of one call, through the breaker and the budget, as `call-gate.ts` lets it. */
export function* callWeCom<T>(line: Line, breakers: Breakers, { api, carryOut, mayBegin }: Call<T>): Work<T> {
  const { chance, now } = line;
  const breaker = (event: Parameters<typeof breakerStep>[1]) => {
    const step = breakerStep(breakers.get(api) ?? quietBreaker, event, now(), pauses);
    breakers.set(api, step.state);
    return step.decision;
  };
  let patienceMs = 10_000;
  for (;;) {
    const { state, decision } = slotsStep(
      line.slots.get(api) ?? unusedSlots,
      { kind: 'take', budget: modelBudget, maxWaitMs: patienceMs },
      now(),
    );
    line.slots.set(api, state);
    if ('retryAfterMs' in decision) throw refusal(api, 'rate', decision.retryAfterMs);
    if (decision.waitMs === 0) break;
    patienceMs -= decision.waitMs;
    const freeAt = now() + decision.waitMs;
    yield decision.waitMs;
    if ((line.slots.get(api)?.blockedUntil ?? 0) <= now() && now() - freeAt <= lateMs) break;
  }
  const entry = breaker({ kind: 'ask', slow: false });
  if (!entry.go) throw refusal(api, 'transient', entry.retryAfterMs);
  if (mayBegin && !mayBegin()) throw refusal(api, 'transient', 0);

  const sentAt = now();
  const times = line.sent.get(api) ?? [];
  line.sent.set(api, [...times.filter((at) => at > sentAt - 60_000), sentAt]);
  const fate = chance.happens(0.9) ? line.weather : 'clear';
  const heard: { answer: { value: T } | { errcode: number } | null } = { answer: null };
  if (fate !== 'lostBefore')
    line.travelling.push({
      arrivesAt: sentAt + chance.between(5, 3_500),
      arrive() {
        if (fate === 'busy') heard.answer = { errcode: -1 };
        else if (fate === 'limited') heard.answer = { errcode: 45009 };
        else {
          const value = carryOut();
          if (fate === 'clear') heard.answer = { value };
        }
      },
    });
  while (heard.answer === null && now() - sentAt < timeoutMs) yield 100;
  const { answer } = heard;
  breaker({
    kind: 'ended',
    sentAt,
    outcome: answer === null ? 'silent' : 'errcode' in answer && answer.errcode === -1 ? 'failed' : 'answered',
  });
  if (answer === null) throw new WeComError({ api, errcode: null, errmsg: 'no answer', kind: classify('timeout') });
  if ('value' in answer) return answer.value;
  const { errcode } = answer;
  if (errcode !== 45009) throw new WeComError({ api, errcode, errmsg: 'system busy', kind: classify(errcode) });
  const over = { kind: 'overLimit', sentAt, blockMs: blockMsOf(api, modelBudget) } as const;
  const { state, decision } = slotsStep(line.slots.get(api) ?? unusedSlots, over, now());
  line.slots.set(api, state);
  throw new WeComError({
    api,
    errcode,
    errmsg: 'over the limit',
    kind: classify(errcode),
    retryAfterMs: 'retryAfterMs' in decision ? decision.retryAfterMs : 0,
  });
}
