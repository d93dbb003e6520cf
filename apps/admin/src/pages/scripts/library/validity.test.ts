import { expect, test } from 'vitest';
import { endOfDay, startOfDay } from '../corp-days.ts';
import { validityOf } from './validity.ts';

const zone = 'Asia/Shanghai';
const now = '2026-06-09T06:30:00.000Z';
const told = (from: string | null, until: string | null) =>
  validityOf({ validFrom: from && startOfDay(from, zone), validUntil: until && endOfDay(until, zone) }, now, zone);

test('without dates a script is valid for always', () => {
  expect(told(null, null)).toEqual({ kind: 'always' });
});

test('the days that are left are counted by midnights in the zone of the corp', () => {
  expect(told(null, '2026-06-11')).toEqual({ kind: 'until', until: '2026-06-11', daysLeft: 2 });
  expect(told(null, '2026-06-09')).toEqual({ kind: 'until', until: '2026-06-09', daysLeft: 0 });
});

test('a script that has not begun tells both of its dates; once begun only its end counts', () => {
  expect(told('2026-06-10', '2026-06-20')).toEqual({ kind: 'notYet', from: '2026-06-10', until: '2026-06-20' });
  expect(told('2026-06-01', '2026-06-20')).toEqual({ kind: 'until', until: '2026-06-20', daysLeft: 11 });
  expect(told('2026-06-10', null)).toEqual({ kind: 'from', from: '2026-06-10', notYet: true });
});

test('a script whose last day was yesterday is over', () => {
  expect(told(null, '2026-06-08')).toEqual({ kind: 'over', until: '2026-06-08' });
});
