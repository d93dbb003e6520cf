import { parallelStep, unlimitedCalls, type ParallelDecision, type ParallelEvent, type ParallelState } from './parallel-calls.ts';
import { outOfPatience, type Patience } from './patience.ts';

export type Turn = { end(outcome: 'answered' | 'crowded' | 'failed'): void };

/**
 * Lets calls of one API begin in the order of asking, as many at once as WeCom bears. Who has waited longer than their patience learns
 * it when a turn ends, which every call does within its own time limit.
 */
export function parallelTurns(now: () => number): { take(api: string, patience: Patience): Promise<Turn> } {
  const states = new Map<string, ParallelState>();
  const answers = new Map<number, (decision: { begin: true } | { retryAfterMs: number }) => void>();
  let lastId = 0;

  function step(api: string, event: ParallelEvent): void {
    const { state, decision } = parallelStep(states.get(api) ?? unlimitedCalls, event, now());
    states.set(api, state);
    tell(decision);
  }

  function tell({ begin, giveUp, retryAfterMs }: ParallelDecision): void {
    for (const id of begin) answers.get(id)?.({ begin: true });
    for (const id of giveUp) answers.get(id)?.({ retryAfterMs });
    for (const id of [...begin, ...giveUp]) answers.delete(id);
  }

  return {
    async take(api, patience) {
      const id = (lastId += 1);
      const askedAt = now();
      const answer = await new Promise<{ begin: true } | { retryAfterMs: number }>((answered) => {
        answers.set(id, answered);
        step(api, { kind: 'ask', id, maxWaitMs: patience.leftMs });
      });
      if ('retryAfterMs' in answer) throw outOfPatience(api, answer.retryAfterMs);
      const beganAt = now();
      patience.leftMs = Math.max(0, patience.leftMs - Math.max(0, beganAt - askedAt));
      return { end: (outcome) => step(api, { kind: 'ended', beganAt, outcome }) };
    },
  };
}
