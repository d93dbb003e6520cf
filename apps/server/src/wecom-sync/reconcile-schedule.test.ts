import { expect, test } from 'vitest';
import { clockTime, dayOf } from '../corp-time.ts';
import { isReconciliationDue, nextReconciliation, reconciliationTime } from './reconcile-schedule.ts';

const shanghai = 'Asia/Shanghai';
const night = (corpId: string, at = '2026-11-22T00:00:00Z', zone = shanghai) => reconciliationTime(dayOf(new Date(at), zone), zone, corpId);
const due = (lastStartedAt: Date | null, now: Date, timeZone = shanghai) =>
  isReconciliationDue({ lastStartedAt, now, timeZone, corpId: 'ww1' });
const hours = (at: Date, n: number) => new Date(at.getTime() + n * 3_600_000);

test('it begins between 03:30 and 05:00 of the corp, for two hundred corps at many different minutes', () => {
  const times = Array.from({ length: 200 }, (_, n) => clockTime(night(`ww${n}`), shanghai));
  expect(times.every((time) => time >= '03:30' && time < '05:00')).toBe(true);
  expect(new Set(times).size).toBeGreaterThan(60);
});

test('once a night: due from its minute on until a run has begun, and then not before the next night', () => {
  const tonight = night('ww1');
  expect(due(hours(tonight, -24), new Date(tonight.getTime() - 1))).toBe(false);
  expect(due(hours(tonight, -24), tonight)).toBe(true);
  expect(due(tonight, hours(tonight, 23))).toBe(false);
  expect(due(tonight, hours(tonight, 24))).toBe(true);
});

test('T14: a night on which nothing ran is made up for, and a clock that jumps a day ahead and back asks for one run, not for many', () => {
  const tonight = night('ww1');
  expect(due(hours(tonight, -30), hours(tonight, 9))).toBe(true);
  const ahead = hours(tonight, 24);
  expect(due(tonight, ahead)).toBe(true);
  expect(due(ahead, hours(tonight, 1))).toBe(false);
});

test('T14: in a zone with daylight saving it runs once on the nights on which an hour is skipped or comes twice', () => {
  const zone = 'America/New_York';
  // Three days hold 71 h to the third night in spring, and 73 h in autumn.
  for (const [first, nights] of [
    ['2026-03-07T17:00:00Z', 3],
    ['2026-10-31T16:00:00Z', 2],
  ] as const) {
    let last = night('ww1', first, zone);
    let runs = 0;
    const end = hours(last, 72);
    for (let now = hours(last, 1); now < end; now = hours(now, 0.25))
      if (due(last, now, zone)) {
        last = now;
        runs += 1;
      }
    expect(runs).toBe(nights);
  }
  const [before, after] = ['2026-03-07T17:00:00Z', '2026-03-08T17:00:00Z'].map((at) => night('ww1', at, zone));
  expect((after?.getTime() ?? 0) - (before?.getTime() ?? 0)).toBe(23 * 3_600_000);
});

test('before the first full sync there is nothing to reconcile', () => {
  expect(due(null, night('ww1'))).toBe(false);
});

test('the next one is named: today if its minute is still to come, else tomorrow', () => {
  const tonight = night('ww1');
  expect(nextReconciliation(hours(tonight, -1), shanghai, 'ww1')).toEqual(tonight);
  expect(nextReconciliation(tonight, shanghai, 'ww1')).toEqual(hours(tonight, 24));
});
