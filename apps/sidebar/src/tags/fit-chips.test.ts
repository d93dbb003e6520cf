import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitChips } from './fit-chips.ts';

test('all chips are shown when they fit exactly', () => {
  expect(fitChips([50, 40, 36], 138, 30, 6)).toBe(3);
});

test('one too many makes room for +n', () => {
  expect(fitChips([50, 40, 36], 137, 30, 6)).toBe(2);
  expect(fitChips([50, 40, 36], 131, 30, 6)).toBe(1);
});

test('a single long tag is shown all the same', () => {
  expect(fitChips([400], 100, 30, 6)).toBe(1);
  expect(fitChips([400, 400], 100, 30, 6)).toBe(1);
  expect(fitChips([], 100, 30, 6)).toBe(0);
});

test('what is shown fits, unless it is the only one', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 20, max: 120 }), { maxLength: 20 }), fc.integer({ min: 100, max: 400 }), (widths, available) => {
      const count = fitChips(widths, available, 30, 6);
      const used =
        widths.slice(0, count).reduce((sum, width) => sum + width, 0) + 6 * Math.max(0, count - 1) + (count < widths.length ? 36 : 0);
      expect(count <= 1 || used <= available).toBe(true);
    }),
  );
});
