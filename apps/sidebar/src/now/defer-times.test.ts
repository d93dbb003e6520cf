import { expect, test } from 'vitest';
import { deferTimes } from './defer-times.ts';

const zone = 'Asia/Shanghai';
const times = (now: string) => deferTimes(new Date(now), zone).map(({ label, at }) => `${label} ${at.toISOString()}`);

test('in the afternoon it can wait for the evening, the morning, or three days', () => {
  expect(times('2026-06-09T06:32:00Z')).toEqual([
    '今晚 2026-06-09T12:00:00.000Z',
    '明早 2026-06-10T02:00:00.000Z',
    '3 天后 2026-06-12T02:00:00.000Z',
  ]);
});

test('late in the evening 今晚 would be over, so it offers 明晚', () => {
  expect(times('2026-06-09T11:45:00Z')[0]).toBe('明晚 2026-06-10T12:00:00.000Z');
});

test('just after midnight 今晚 is the evening of the new day', () => {
  expect(times('2026-06-09T16:10:00Z')[0]).toBe('今晚 2026-06-10T12:00:00.000Z');
});

test('the end of a month and of a year are days like others', () => {
  expect(times('2026-12-30T06:00:00Z')[2]).toBe('3 天后 2027-01-02T02:00:00.000Z');
});
