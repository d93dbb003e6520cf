import { expect, test } from 'vitest';
import { clockOf, dayOf, daysBetween, endOfDay, startOfDay } from './corp-days.ts';

const zone = 'Asia/Shanghai';

test('a day in Shanghai begins at 16:00 UTC of the day before and ends a millisecond before the next', () => {
  expect(startOfDay('2026-06-11', zone)).toBe('2026-06-10T16:00:00.000Z');
  expect(endOfDay('2026-06-11', zone)).toBe('2026-06-11T15:59:59.999Z');
  expect(dayOf(endOfDay('2026-06-11', zone), zone)).toBe('2026-06-11');
});

test('a day on which the clocks change has 23 hours, and its last instant is still that day', () => {
  expect(startOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
  expect(endOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-29T21:59:59.999Z');
});

test('days are counted by midnights, also across a year', () => {
  expect(daysBetween('2026-12-31', '2027-01-01')).toBe(1);
  expect(daysBetween('2026-06-11', '2026-06-09')).toBe(-2);
});

test('the clock shows the zone and not the computer', () => {
  expect(clockOf('2026-06-09T06:30:00.000Z', zone)).toBe('14:30');
});
