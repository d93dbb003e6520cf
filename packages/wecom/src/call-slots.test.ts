import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hourMs, minuteMs, type Budget } from './call-budget.ts';
import { slotsStep, unusedSlots, type SlotDecision, type SlotsEvent, type SlotsState } from './call-slots.ts';

const start = 1_780_000_000_000;

/** Asks at the given distances in time and answers the instants at which the calls may go, in order. */
function goings(budget: Budget, gaps: readonly number[], maxWaitMs: number): number[] {
  let state = unusedSlots;
  let now = start;
  const times: number[] = [];
  for (const gap of gaps) {
    now += gap;
    const next = slotsStep(state, { kind: 'take', budget, maxWaitMs }, now);
    state = next.state;
    if ('waitMs' in next.decision) times.push(now + next.decision.waitMs);
  }
  return times.sort((a, b) => a - b);
}

function mostWithin(windowMs: number, times: readonly number[]): number {
  let from = 0;
  let most = 0;
  times.forEach((time, index) => {
    while (time - (times[from] ?? 0) > windowMs) from += 1;
    most = Math.max(most, index - from + 1);
  });
  return most;
}

const budgets = fc.record({ perMinute: fc.integer({ min: 1, max: 200 }), perHour: fc.integer({ min: 1, max: 600 }) });
const gaps = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 400_000 })), {
  maxLength: 400,
});

test('no rolling minute and no rolling hour ever holds more than the budget, however calls arrive', () => {
  fc.assert(
    fc.property(budgets, gaps, fc.integer({ min: 0, max: 600_000 }), (budget, arrivals, maxWaitMs) => {
      const times = goings(budget, arrivals, maxWaitMs);
      expect(mostWithin(minuteMs, times)).toBeLessThanOrEqual(budget.perMinute);
      expect(mostWithin(hourMs, times)).toBeLessThanOrEqual(budget.perHour);
    }),
  );
});

test('nobody waits longer than they would, and who is refused is told when it pays to come back', () => {
  fc.assert(
    fc.property(budgets, gaps, fc.integer({ min: 0, max: 60_000 }), (budget, arrivals, maxWaitMs) => {
      let state = unusedSlots;
      let now = start;
      for (const gap of arrivals) {
        now += gap;
        const { state: after, decision } = slotsStep(state, { kind: 'take', budget, maxWaitMs }, now);
        const wait = 'waitMs' in decision ? decision.waitMs : decision.retryAfterMs;
        expect(wait <= maxWaitMs).toBe('waitMs' in decision);
        const free = 'waitMs' in decision || slotsStep(after, { kind: 'take', budget, maxWaitMs: 0 }, now + wait).decision;
        expect([true, { waitMs: 0 }]).toContainEqual(free);
        state = after;
      }
    }),
  );
});

test('a budget is used nearly in full: ten thousand a minute let at least nine thousand through', () => {
  const published = { perMinute: 10_000, perHour: 150_000 };
  const times = goings(published, Array<number>(12_000).fill(0), hourMs);
  expect(mostWithin(minuteMs, times)).toBeGreaterThan(9_000);
  expect(times.filter((time) => time <= start + 1).length).toBeGreaterThanOrEqual(1000);
});

function replay(steps: readonly [gap: number, event: SlotsEvent][]): { state: SlotsState; decision: SlotDecision; now: number } {
  let state = unusedSlots;
  let now = start;
  let decision: SlotDecision = { waitMs: 0 };
  for (const [gap, event] of steps) {
    now += gap;
    ({ state, decision } = slotsStep(state, event, now));
  }
  return { state, decision, now };
}

const overLimit = (sentAt: number): SlotsEvent => ({ kind: 'overLimit', sentAt, blockMs: minuteMs });
const take = (maxWaitMs: number): SlotsEvent => ({ kind: 'take', budget: null, maxWaitMs });

test('after 45009 nobody gets a slot before the whole minute is over', () => {
  expect(
    replay([
      [0, overLimit(start)],
      [59_999, take(0)],
    ]).decision,
  ).toEqual({ retryAfterMs: 1 });
  expect(
    replay([
      [0, overLimit(start)],
      [1, take(60_000)],
    ]).decision,
  ).toEqual({ waitMs: 59_999 });
  expect(
    replay([
      [0, overLimit(start)],
      [60_000, take(0)],
    ]).decision,
  ).toEqual({ waitMs: 0 });
});

test('calls that were under way when the block began do not make it longer', () => {
  const { decision } = replay([
    [0, overLimit(start)],
    [500, overLimit(start - 100)],
    [500, overLimit(start)],
  ]);
  expect(decision).toEqual({ retryAfterMs: 59_000 });
});

test('a block that did not help is followed by one twice as long, up to an hour; after a calm minute it starts anew', () => {
  const waits: number[] = [];
  let state = unusedSlots;
  let now = start;
  for (let nth = 0; nth < 8; nth += 1) {
    const next = slotsStep(state, overLimit(now), now);
    const waitMs = 'retryAfterMs' in next.decision ? next.decision.retryAfterMs : 0;
    waits.push(waitMs / minuteMs);
    state = next.state;
    now += waitMs;
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  expect(slotsStep(state, overLimit(now + minuteMs), now + minuteMs).decision).toEqual({ retryAfterMs: minuteMs });
});

test('a clock that is set back keeps nobody waiting longer than before', () => {
  fc.assert(
    fc.property(
      budgets,
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 100_000_000 }),
      fc.boolean(),
      (budget, calls, back, blocked) => {
        const event: SlotsEvent = { kind: 'take', budget, maxWaitMs: hourMs };
        const before: [number, SlotsEvent][] = Array.from({ length: calls }, () => [0, event]);
        const { state, now } = replay(blocked ? [...before, [0, overLimit(start)]] : before);
        expect(slotsStep(state, event, now - back).decision).toEqual(slotsStep(state, event, now).decision);
      },
    ),
  );
});
