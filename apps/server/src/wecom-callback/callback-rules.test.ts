import { expect, test } from 'vitest';
import { afterFailure } from './after-failure.ts';
import { isOverAfterEnd } from './relation-after-end.ts';

const at = (seconds: number) => new Date(seconds * 1000);

test('a relation that began after the end is a new one; one that is merely still listed is over', () => {
  expect(isOverAfterEnd(at(100), { followedAt: at(101) })).toBe(false);
  expect(isOverAfterEnd(at(100), { followedAt: at(50) })).toBe(true);
  expect(isOverAfterEnd(at(100), null)).toBe(true);
});

/** Milliseconds until it is given up. */
function patience(kind: Parameters<typeof afterFailure>[0]): number {
  let total = 0;
  for (let attempts = 1; ; attempts += 1) {
    const next = afterFailure(kind, attempts);
    if ('dead' in next) return total;
    total += next.retryInMs;
  }
}

test('a passing failure is survived for more than a day, a fault of ours for minutes', () => {
  expect(patience('transient')).toBeGreaterThan(24 * 3_600_000);
  expect(patience('config')).toBeGreaterThan(24 * 3_600_000);
  expect(patience('eventual')).toBeGreaterThan(60_000);
  expect(patience(null)).toBeLessThan(10 * 60_000);
});

test('a rate limit is left alone for its whole window', () => {
  expect(afterFailure('rate', 1, 60_000)).toEqual({ retryInMs: 60_000 });
  expect(afterFailure('rate', 8, 200)).toEqual({ retryInMs: 64_000 });
});
