import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayWindows, ofDay } from './day-windows.ts';

test('of every day it gives the first of those whose window it lies in, whatever the windows', () => {
  const day = fc.oneof(fc.nat(12), fc.nat(2_147_483_647));
  const windows = fc.array(fc.tuple(day, day), { maxLength: 40 });
  fc.assert(
    fc.property(windows, fc.integer({ min: 1, max: 4 }), day, (list, most, asked) => {
      const wished = list.map(([from, to], of): { window: [number, number]; of: number } => ({ window: [from, to], of }));
      const fitting = wished.filter(({ window: [from, to] }) => from <= asked && asked <= to).map(({ of }) => of);
      expect(ofDay(dayWindows(wished, most), asked)).toEqual(fitting.slice(0, most));
    }),
    { numRuns: 500 },
  );
});

test('thousands of windows without an end are no more work than as many days', () => {
  const wished = Array.from({ length: 5000 }, (_, n): { window: [number, number]; of: number } => ({ window: [n, 2_147_483_647], of: n }));
  const { starts, lists } = dayWindows(wished, 16);
  expect(starts).toHaveLength(5001);
  expect(lists.reduce((all, list) => all + list.length, 0)).toBeLessThanOrEqual(16 * 5001);
  expect(ofDay({ starts, lists }, 3)).toEqual([0, 1, 2, 3]);
});
