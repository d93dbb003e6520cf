import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowWindow, topOf, type RowList } from './row-window.ts';

const folded = (count: number): RowList => ({ count, rowHeight: 50, unfolded: null });

test('of 5,000 rows only those in view are drawn, with a few to spare', () => {
  expect(rowWindow(folded(5000), { listTop: 0, height: 500, spare: 4 })).toEqual({ first: 0, last: 15, before: 0, after: 249_250 });
  expect(rowWindow(folded(5000), { listTop: -100_000, height: 500, spare: 4 })).toMatchObject({ first: 1996, last: 2015 });
});

test('a list that ends above the view, or begins below it, draws nothing but its edge', () => {
  expect(rowWindow(folded(10), { listTop: -9000, height: 500, spare: 2 })).toEqual({ first: 10, last: 10, before: 500, after: 0 });
  expect(rowWindow(folded(0), { listTop: 0, height: 500, spare: 2 })).toEqual({ first: 0, last: 0, before: 0, after: 0 });
});

test('an unfolded row pushes the ones after it down', () => {
  const list: RowList = { count: 100, rowHeight: 50, unfolded: { index: 2, extra: 130 } };
  expect([0, 2, 3, 10].map((index) => topOf(list, index))).toEqual([0, 100, 280, 630]);
  expect(rowWindow(list, { listTop: -200, height: 300, spare: 0 })).toMatchObject({ first: 2, last: 8 });
});

test('the space before, the rows drawn and the space after always add up to the whole list, and cover the view', () => {
  const lists = fc.record({
    count: fc.integer({ min: 1, max: 6000 }),
    rowHeight: fc.constant(50),
    unfolded: fc.option(fc.record({ index: fc.nat(6000), extra: fc.nat(2000) })),
  });
  fc.assert(
    fc.property(lists, fc.integer({ min: -400_000, max: 2000 }), fc.nat(1500), (list, listTop, height) => {
      const { first, last, before, after } = rowWindow(list, { listTop, height, spare: 3 });
      const whole = topOf(list, list.count);
      expect(before + (topOf(list, last) - topOf(list, first)) + after).toBe(whole);
      const from = Math.max(0, -listTop);
      const to = Math.min(whole, height - listTop);
      expect(from >= to || (topOf(list, first) <= from && topOf(list, last) >= to)).toBe(true);
    }),
  );
});
