import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginningsOf } from './engaged-days.ts';

const day = fc.integer({ min: 0, max: 65_535 });
const startsWithOne = (n: number, beginnings: string[]) =>
  beginnings.some((beginning) => n.toString(2).padStart(16, '0').startsWith(beginning));

test('a span of days is what begins with one of its beginnings, and nothing else', () => {
  expect(beginningsOf({ from: 8, until: 11 }, 99)).toEqual(['00000000000010']);
  fc.assert(
    fc.property(day, day, day, (one, other, asked) => {
      const [from, until] = [Math.min(one, other), Math.max(one, other)];
      const beginnings = beginningsOf({ from, until }, 99);
      for (const n of [asked, from, until, Math.max(0, from - 1), Math.min(65_535, until + 1)])
        expect(startsWithOne(n, beginnings)).toBe(n >= from && n <= until);
    }),
  );
});

test('with fewer beginnings than it takes, a longer span is named, never a shorter one', () => {
  fc.assert(
    fc.property(day, day, fc.integer({ min: 1, max: 8 }), (one, other, most) => {
      const [from, until] = [Math.min(one, other), Math.max(one, other)];
      const beginnings = beginningsOf({ from, until }, most);
      expect(beginnings.length).toBeLessThanOrEqual(most);
      for (const n of [from, until, Math.floor((from + until) / 2)]) expect(startsWithOne(n, beginnings)).toBe(true);
    }),
  );
});
