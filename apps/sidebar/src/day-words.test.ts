import { expect, test } from 'vitest';
import { agoWords, clockWords, dayWords, localTime, whenWords } from './day-words.ts';

const zone = 'Asia/Shanghai';
const now = new Date('2026-06-09T06:32:00Z'); // Tuesday 14:32 in the shop

test('days follow the calendar of the shop, not 24 hours and not the phone', () => {
  expect(dayWords(new Date('2026-06-08T16:00:00Z'), now, zone)).toBe('今天');
  expect(dayWords(new Date('2026-06-08T15:59:00Z'), now, zone)).toBe('昨天');
  expect(dayWords(new Date('2026-06-02T06:10:00Z'), now, zone)).toBe('6月2日');
  expect(dayWords(new Date('2025-12-31T06:10:00Z'), now, zone)).toBe('2025年12月31日');
});

test('how long ago is said in the largest unit that is still true', () => {
  expect(agoWords(new Date('2026-06-09T06:25:00Z'), now, zone)).toBe('刚刚');
  expect(agoWords(new Date('2026-06-09T01:00:00Z'), now, zone)).toBe('今天');
  expect(agoWords(new Date('2026-06-08T15:00:00Z'), now, zone)).toBe('昨天');
  expect(agoWords(new Date('2026-06-06T12:41:00Z'), now, zone)).toBe('3 天前');
  expect(agoWords(new Date('2026-03-01T12:41:00Z'), now, zone)).toBe('3 个月前');
  expect(agoWords(new Date('2024-03-01T12:41:00Z'), now, zone)).toBe('2 年前');
});

test('a moment to come names the weekday within the week and the date beyond it', () => {
  expect(whenWords(new Date('2026-06-09T10:00:00Z'), now, zone)).toBe('今天 18:00');
  expect(whenWords(new Date('2026-06-10T01:00:00Z'), now, zone)).toBe('明天 09:00');
  expect(whenWords(new Date('2026-06-11T01:00:00Z'), now, zone)).toBe('周四 09:00');
  expect(whenWords(new Date('2026-06-20T01:00:00Z'), now, zone)).toBe('6月20日 周六 09:00');
});

test('midnight is 00:00, never 24:00', () => {
  expect(clockWords(new Date('2026-06-08T16:00:00Z'), zone)).toBe('00:00');
});

test('China, whose time is reckoned without Intl, agrees with another zone of its offset', () => {
  for (const at of ['2026-06-08T15:59:59Z', '2026-06-08T16:00:00Z', '2025-12-31T16:30:00Z', '2024-02-28T23:05:00Z', '2026-01-01T00:00:00Z'])
    expect(localTime(new Date(at), zone)).toEqual(localTime(new Date(at), 'Asia/Singapore'));
});
