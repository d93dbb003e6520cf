import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWaking } from './wake-workers.ts';

function worker(resting: boolean) {
  const state = { resting, woken: 0 };
  return {
    state,
    isResting: () => state.resting,
    wake() {
      state.woken += 1;
      state.resting = false;
    },
    stop: () => Promise.resolve(),
  };
}

function inbox(resting: boolean[]) {
  const urgent = worker(true);
  const others = resting.map(worker);
  return { urgent, others, waking: createWaking({ urgent, others }), woken: () => others.map(({ state }) => state.woken) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('an arrival wakes one of those that rest, and a hundred within a tenth of a second wake one more when that is over', () => {
  const { waking, woken } = inbox([false, true, true]);
  for (let n = 0; n < 100; n += 1) waking.onArrival(false);
  expect(woken()).toEqual([0, 1, 0]);
  vi.advanceTimersByTime(100);
  expect(woken()).toEqual([0, 1, 1]);
  vi.advanceTimersByTime(1_000);
  expect(woken()).toEqual([0, 1, 1]);
});

test('a welcome code wakes the worker that is kept free for it, each time and at once', () => {
  const { waking, urgent } = inbox([true]);
  waking.onArrival(false);
  expect(urgent.state.woken).toBe(0);
  waking.onArrival(true);
  waking.onArrival(true);
  expect(urgent.state.woken).toBe(2);
});

test('when nobody rests all look once more, and who has taken a handful calls the next', () => {
  const busy = inbox([false, false]);
  busy.waking.onArrival(false);
  expect(busy.woken()).toEqual([1, 1]);
  const idle = inbox([true, true]);
  idle.waking.onMore();
  idle.waking.onMore();
  expect(idle.woken()).toEqual([1, 1]);
});
