import { expect, test } from 'vitest';
import { clockTime, dayOf, hourOf, instantOf, isoDayOf, spokenDay, spokenMoment } from './corp-time.ts';

const shanghai = 'Asia/Shanghai';
const now = new Date('2026-06-09T06:32:00Z');

test('a day begins at midnight of the corp, not of the server', () => {
  expect(isoDayOf(dayOf(new Date('2026-06-08T15:59:59.999Z'), shanghai))).toBe('2026-06-08');
  expect(isoDayOf(dayOf(new Date('2026-06-08T16:00:00Z'), shanghai))).toBe('2026-06-09');
  expect(hourOf(now, shanghai)).toBe(14);
  expect(clockTime(now, shanghai)).toBe('14:32');
});

test('an hour of a day is found again as an instant, also on both days of a clock change', () => {
  expect(instantOf(dayOf(now, shanghai), 9, shanghai).toISOString()).toBe('2026-06-09T01:00:00.000Z');
  const berlin = 'Europe/Berlin';
  for (const day of ['2026-03-28', '2026-03-29', '2026-10-25', '2026-10-26']) {
    const number = Date.parse(day) / 86_400_000;
    const eight = instantOf(number, 8, berlin);
    expect([isoDayOf(dayOf(eight, berlin)), hourOf(eight, berlin)]).toEqual([day, 8]);
  }
});

test('an hour that the clocks skip is over when they have skipped it, and of one that comes twice it is the first', () => {
  const [spring, autumn] = [Date.parse('2026-03-08') / 86_400_000, Date.parse('2026-11-01') / 86_400_000];
  expect(instantOf(spring, 2, 'America/New_York').toISOString()).toBe('2026-03-08T07:00:00.000Z');
  expect(instantOf(autumn, 1, 'America/New_York').toISOString()).toBe('2026-11-01T05:00:00.000Z');
  expect(instantOf(Date.parse('2026-10-04') / 86_400_000, 2, 'Australia/Lord_Howe').toISOString()).toBe('2026-10-03T15:30:00.000Z');
});

test('days near now have names, others their date, and the year only when it is another', () => {
  expect(spokenDay(now, now, shanghai)).toBe('今天');
  expect(spokenDay(new Date('2026-06-08T15:00:00Z'), now, shanghai)).toBe('昨天');
  expect(spokenDay(new Date('2026-06-06T12:41:00Z'), now, shanghai)).toBe('6月6日');
  expect(spokenDay(new Date('2025-12-31T12:00:00Z'), now, shanghai)).toBe('2025年12月31日');
  expect(spokenMoment(new Date('2026-06-11T01:00:00Z'), now, shanghai)).toBe('6月11日 周四 09:00');
  expect(spokenMoment(new Date('2026-06-10T01:00:00Z'), now, shanghai)).toBe('明天 09:00');
});

test('west of Greenwich and by half hours', () => {
  expect(clockTime(now, 'America/St_Johns')).toBe('04:02');
  expect(clockTime(now, 'Asia/Kolkata')).toBe('12:02');
  expect(clockTime(now, 'UTC')).toBe('06:32');
});
