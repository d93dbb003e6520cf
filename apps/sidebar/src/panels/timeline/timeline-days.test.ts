import type { TimelineEntry } from '@nextline/contract';
import { expect, test } from 'vitest';
import { byDay } from './timeline-days.ts';

const now = new Date('2026-06-09T06:32:00Z');
const entry = (entryId: string, at: string): TimelineEntry => ({
  entryId,
  at,
  side: 'customer',
  kind: 'message',
  title: entryId,
  detail: null,
  scriptId: null,
});

test('entries stand under the days of the shop’s calendar, with the clock of the shop', () => {
  const days = byDay(
    [
      entry('a', '2026-06-09T06:00:00Z'),
      entry('b', '2026-06-08T16:05:00Z'),
      entry('c', '2026-06-08T15:55:00Z'),
      entry('d', '2025-12-31T01:00:00Z'),
    ],
    now,
    'Asia/Shanghai',
  );
  expect(days.map((day) => [day.title, day.entries.map(({ entry: { entryId }, clock }) => `${entryId} ${clock}`)])).toEqual([
    ['今天', ['a 14:00', 'b 00:05']],
    ['昨天', ['c 23:55']],
    ['2025年12月31日', ['d 09:00']],
  ]);
});

test('a day of this year says its weekday', () => {
  expect(byDay([entry('a', '2026-06-06T06:00:00Z')], now, 'Asia/Shanghai')[0]?.title).toBe('6月6日 周六');
});

test('an entry that two pages hold is shown once', () => {
  const twice = entry('a', '2026-06-09T06:00:00Z');
  expect(byDay([twice, twice], now, 'Asia/Shanghai')[0]?.entries).toHaveLength(1);
});
