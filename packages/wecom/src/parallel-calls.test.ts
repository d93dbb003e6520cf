import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parallelStep, unlimitedCalls, type ParallelDecision, type ParallelEvent, type ParallelState } from './parallel-calls.ts';

function calls() {
  let state: ParallelState = unlimitedCalls;
  const self = {
    now: 1_780_000_000_000,
    state: () => state,
    step(event: ParallelEvent): ParallelDecision {
      const next = parallelStep(state, event, self.now);
      state = next.state;
      return next.decision;
    },
    ask: (id: number, maxWaitMs = 10_000) => self.step({ kind: 'ask', id, maxWaitMs }),
    end: (beganAt: number, outcome: 'answered' | 'crowded' | 'failed') => self.step({ kind: 'ended', beganAt, outcome }),
  };
  return self;
}

test('until WeCom complains everybody begins; then half as many, and one cut for all who began before it', () => {
  const c = calls();
  const beganAt = c.now;
  for (let id = 1; id <= 40; id += 1) expect(c.ask(id).begin).toEqual([id]);
  c.now += 100;
  for (let id = 1; id <= 30; id += 1) c.end(beganAt, 'crowded');
  expect(c.state().limit).toBe(20);
  expect(c.state().running).toBe(10);
});

test('who asks while it is full begins in turn when others end', () => {
  const c = calls();
  const beganAt = c.now;
  for (const id of [1, 2, 3, 4]) c.ask(id);
  c.now += 100;
  c.end(beganAt, 'crowded');
  expect(c.state().limit).toBe(2);
  expect(c.ask(5).begin).toEqual([]);
  expect(c.ask(6).begin).toEqual([]);
  expect(c.end(beganAt, 'failed').begin).toEqual([]);
  expect(c.end(beganAt, 'failed').begin).toEqual([5]);
  expect(c.end(beganAt, 'failed').begin).toEqual([6]);
});

test('answers raise the limit by one for each round in which it was reached', () => {
  const c = calls();
  const beganAt = c.now;
  for (let id = 1; id <= 8; id += 1) c.ask(id);
  c.now += 100;
  c.end(beganAt, 'crowded');
  expect(c.state().limit).toBe(4);
  for (let id = 10; id < 15; id += 1) c.ask(id);
  for (let nth = 0; nth < 4; nth += 1) c.end(beganAt, 'answered');
  const round = c.state().limit;
  expect(round).toBeGreaterThan(4.8);
  expect(round).toBeLessThanOrEqual(5);
});

test('who would have to wait too long is refused at once and told how long; who has waited too long gives up', () => {
  const c = calls();
  const beganAt = c.now;
  c.ask(1);
  c.ask(2);
  c.now += 3000;
  c.end(beganAt, 'crowded');
  expect(c.ask(3, 10_000)).toMatchObject({ begin: [], giveUp: [] });
  expect(c.ask(4, 5000)).toEqual({ begin: [], giveUp: [4], retryAfterMs: 6000 });
  c.now += 10_001;
  expect(c.end(beganAt, 'failed')).toMatchObject({ begin: [], giveUp: [3] });
});

test('whatever happens, nobody is forgotten, the order is kept, and no more begin than the limit allows', () => {
  const story = fc.array(fc.record({ gap: fc.nat(2000), does: fc.constantFrom('ask', 'ask', 'answered', 'crowded', 'failed') }), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(story, (steps) => {
      const c = calls();
      const running: number[] = [];
      const begun: number[] = [];
      let settled = 0;
      let asked = 0;
      for (const { gap, does } of steps) {
        c.now += gap;
        if (does !== 'ask' && running.length === 0) continue;
        const decision = does === 'ask' ? c.ask((asked += 1)) : c.end(running.shift() ?? 0, does);
        running.push(...decision.begin.map(() => c.now));
        begun.push(...decision.begin);
        settled += decision.begin.length + decision.giveUp.length;
        expect(c.state().running).toBe(running.length);
        expect(c.state().limit).toBeGreaterThanOrEqual(1);
        expect(decision.begin.length === 0 || running.length <= c.state().limit).toBe(true);
        expect(settled + c.state().waiting.length).toBe(asked);
      }
      expect(begun).toEqual([...begun].sort((a, b) => a - b));
      // When all have ended nobody is left waiting.
      while (running.length > 0) running.push(...c.end(running.shift() ?? 0, 'answered').begin.map(() => c.now));
      expect(c.state().waiting).toEqual([]);
    }),
  );
});
