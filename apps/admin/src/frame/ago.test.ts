import { expect, test } from 'vitest';
import { agoOf } from './ago.ts';

const now = new Date('2026-06-09T06:32:00Z');
const before = (ms: number) => agoOf(new Date(now.getTime() - ms), now);

test('a time is said in the largest whole unit', () => {
  expect([before(59_000), before(60_000), before(59 * 60_000), before(3_600_000), before(86_400_000 * 3)]).toEqual([
    { key: 'justNow' },
    { key: 'minutesAgo', n: 1 },
    { key: 'minutesAgo', n: 59 },
    { key: 'hoursAgo', n: 1 },
    { key: 'daysAgo', n: 3 },
  ]);
});

test('a clock that is a little ahead says just now', () => {
  expect(before(-5_000)).toEqual({ key: 'justNow' });
});
