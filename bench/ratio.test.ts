import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateRatio, judge, median, percentile, seededRandom, spread } from './ratio.ts';

const pairsOf = (ratios: number[]) => ratios.map((ratio, n) => ({ candidate: ratio * (1000 + n), reference: 1000 + n }));

test('a constant ratio comes back exactly, with an interval of no width', () => {
  const estimate = estimateRatio(pairsOf([0.9, 0.9, 0.9, 0.9]));
  expect(estimate.ratio).toBeCloseTo(0.9, 12);
  expect(spread(estimate)).toBeCloseTo(0, 12);
});

test('drift of the machine cancels, because each pair is divided before anything else', () => {
  const slowing = Array.from({ length: 12 }, (_, n) => ({ candidate: 850 / (1 + n), reference: 1000 / (1 + n) }));
  expect(estimateRatio(slowing).ratio).toBeCloseTo(0.85, 12);
});

test('one round that went wrong moves neither the ratio nor its interval much', () => {
  const estimate = estimateRatio(pairsOf([0.86, 0.87, 0.86, 0.88, 0.87, 0.86, 0.87, 0.88, 0.86, 0.87, 3]));
  expect(estimate.ratio).toBeCloseTo(0.87, 12);
  expect(estimate.ci[0]).toBeGreaterThanOrEqual(0.86);
  expect(estimate.ci[1]).toBeLessThanOrEqual(0.88);
});

test('the same seed gives the same interval, and the interval holds the ratio', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 1, maxLength: 20 }), fc.nat(), (ratios, seed) => {
      const first = estimateRatio(pairsOf(ratios), { seed, resamples: 200 });
      expect(estimateRatio(pairsOf(ratios), { seed, resamples: 200 })).toEqual(first);
      expect(first.ci[0]).toBeLessThanOrEqual(first.ratio + 1e-9);
      expect(first.ci[1]).toBeGreaterThanOrEqual(first.ratio - 1e-9);
    }),
    { numRuns: 50 },
  );
});

test('the interval of normal noise covers the truth about as often as it claims', () => {
  const random = seededRandom(7);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let covered = 0;
  for (let run = 0; run < 200; run += 1) {
    const { ci } = estimateRatio(pairsOf(Array.from({ length: 12 }, () => 0.9 * (1 + 0.03 * normal()))), { seed: run, resamples: 500 });
    if (ci[0] <= 0.9 && 0.9 <= ci[1]) covered += 1;
  }
  expect(covered / 200).toBeGreaterThan(0.88);
});

test('an interval wider than five percent is a failed measurement, also when the ratio is far above its target', () => {
  expect(judge({ ratio: 2, ci: [1.89, 2.02] }, 0.85, 'at least')).toBe('failed measurement');
  expect(judge({ ratio: 2, ci: [1.91, 2.02] }, 0.85, 'at least')).toBe('met');
});

test('a target is a floor for throughput and a ceiling for time', () => {
  expect(judge({ ratio: 0.85, ci: [0.84, 0.86] }, 0.85, 'at least')).toBe('met');
  expect(judge({ ratio: 0.84, ci: [0.83, 0.85] }, 0.85, 'at least')).toBe('missed');
  expect(judge({ ratio: 1.3, ci: [1.29, 1.31] }, 1.3, 'at most')).toBe('met');
  expect(judge({ ratio: 1.31, ci: [1.3, 1.32] }, 1.3, 'at most')).toBe('missed');
});

test('a measurement of zero is refused instead of becoming an endless ratio', () => {
  expect(() => estimateRatio([{ candidate: 1, reference: 0 }])).toThrow('two positive measurements');
});

test('median and percentile are values in the middle and at the rank', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.99)).toBe(10);
  expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.5)).toBe(5);
});
