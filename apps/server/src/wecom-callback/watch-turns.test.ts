import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchTurns } from './watch-turns.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('while the turns are short nothing lies unread; after a long one, and in the turn after it, that long', () => {
  let now = 0;
  const turns = watchTurns(() => now);
  /** One turn of the event loop that takes so long. */
  const turn = (ms: number): number => {
    now += ms;
    vi.advanceTimersByTime(50);
    return turns.unreadForMs();
  };
  expect([turn(50), turn(50), turn(60)]).toEqual([0, 0, 0]);
  expect([turn(3_000), turn(50)]).toEqual([2_910, 2_900]);
  expect([turn(50), turn(50)]).toEqual([0, 0]);
  turns.stop();
});

test('a turn that has not ended yet counts', () => {
  let now = 0;
  const turns = watchTurns(() => now);
  now = 1_500;
  expect(turns.unreadForMs()).toBe(1_350);
  turns.stop();
});
