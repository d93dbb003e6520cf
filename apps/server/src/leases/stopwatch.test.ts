import { expect, test } from 'vitest';
import { startStopwatch } from './stopwatch.ts';

test('an hour in which the whole machine slept has passed, and setting the clock back makes nothing longer', () => {
  let wall = Date.UTC(2026, 5, 1);
  const stopwatch = startStopwatch({ now: () => new Date(wall) });
  expect(stopwatch.elapsedMs()).toBeLessThan(1_000);
  wall += 3_600_000;
  expect(stopwatch.elapsedMs()).toBe(3_600_000);
  wall -= 86_400_000;
  const passed = stopwatch.elapsedMs();
  expect(passed).toBeGreaterThanOrEqual(0);
  expect(passed).toBeLessThan(60_000);
});
