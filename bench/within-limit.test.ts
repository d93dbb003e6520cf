import { expect, test } from 'vitest';
import { estimateP95, withinLimit } from './within-limit.ts';

const steady = Array.from({ length: 12 }, () => [4, 5, 6, 7, 8]);

test('waits far below the limit meet it, however they scatter', () => {
  const { ratio, ci, detail } = withinLimit(steady, 16, { scripts: 5000 });
  expect([ratio, ci]).toEqual([0.5, [0.5, 0.5]]);
  expect(detail).toEqual({
    bound: 'at most',
    verdict: 'met',
    limitMs: 16,
    waits: 60,
    p50Ms: 6,
    p95Ms: 8,
    slowestMs: 8,
    scripts: 5000,
  });
});

test('waits above it miss it', () => {
  expect(withinLimit(steady, 7, {}).detail.verdict).toBe('missed');
});

test('one bad round among twelve leaves the interval on both sides, and nothing is decided', () => {
  const outcome = withinLimit([...steady.slice(1), [40, 40, 40, 40, 40]], 16, {});
  expect(outcome.detail.verdict).toBe('failed measurement');
  expect(outcome.ci?.[0]).toBeLessThan(1);
  expect(outcome.ci?.[1]).toBeGreaterThan(1);
});

test('a round without a measurement is a fault of the measurement', () => {
  expect(() => estimateP95([[1], []], 16)).toThrow('in every round');
  expect(() => estimateP95([[1, Number.NaN]], 16)).toThrow('in every round');
  expect(() => estimateP95([], 16)).toThrow('in every round');
});
