import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultPolicy, marketingMeter, refusalOf } from './guard.ts';

const zone = 'Asia/Shanghai';
const at = (text: string) => new Date(`${text}+08:00`);
const now = at('2026-06-09T14:32:00');
const none = { marketingTouchedAt: [], optedOutAt: null };

test('two of three in seven days: one more may go now', () => {
  const state = { ...none, marketingTouchedAt: [at('2026-06-04T12:30:00'), at('2026-06-08T11:20:00')] };
  expect(marketingMeter(state, now, zone)).toEqual({ count: 2, cap: 3, windowDays: 7, nextAllowedAt: null, refusal: null });
});

test('at the cap the refusal names the rule and the moment the oldest touch falls out of the window', () => {
  const state = { ...none, marketingTouchedAt: [at('2026-06-04T09:00:00'), at('2026-06-05T12:00:00'), at('2026-06-08T11:20:00')] };
  const refusal = refusalOf('marketing', state, now, zone);
  expect(refusal?.blocked).toEqual({
    code: 'guard.cap',
    headline: '这周的营销次数用完了',
    rule: '规则：每位客户 7 天内最多 3 次，全店合计。',
    endsAt: at('2026-06-11T09:00:00').toISOString(),
    endsText: '6月11日 周四 09:00 起可发。',
  });
  expect(refusal?.details).toMatchObject({ cap: 3, windowDays: 7, count: 3 });
});

test('a cap that ends at night ends in the morning', () => {
  const state = { ...none, marketingTouchedAt: [at('2026-06-04T23:30:00'), at('2026-06-05T12:00:00'), at('2026-06-08T11:20:00')] };
  expect(marketingMeter(state, now, zone).nextAllowedAt).toEqual(at('2026-06-12T08:00:00'));
});

test('between 22:00 and 08:00 marketing waits for the morning', () => {
  expect(marketingMeter(none, at('2026-06-09T21:59:59'), zone).refusal).toBeNull();
  expect(marketingMeter(none, at('2026-06-09T22:00:00'), zone).nextAllowedAt).toEqual(at('2026-06-10T08:00:00'));
  expect(marketingMeter(none, at('2026-06-10T07:59:59'), zone).nextAllowedAt).toEqual(at('2026-06-10T08:00:00'));
  expect(marketingMeter(none, at('2026-06-10T08:00:00'), zone).refusal).toBeNull();
});

test('somebody who opted out gets no marketing, ever, and no end is promised', () => {
  const refusal = refusalOf('marketing', { ...none, optedOutAt: at('2026-05-01T10:00:00') }, now, zone);
  expect(refusal?.blocked).toMatchObject({ code: 'guard.opted_out', endsAt: null });
});

test('service is never blocked, whatever happened', () => {
  const state = { marketingTouchedAt: Array.from({ length: 50 }, () => now), optedOutAt: now };
  expect(refusalOf('service', state, at('2026-06-09T23:30:00'), zone)).toBeNull();
});

test('quiet hours end when they say so in every zone, on 29 February and where the clocks skip the hour', () => {
  const zones = ['Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'Europe/London', 'America/St_Johns', 'Africa/Casablanca'];
  const days = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-11-01', '2028-02-29'].map((day) =>
    Date.parse(`${day}T00:00:00Z`),
  );
  for (const timeZone of zones)
    for (const day of days)
      for (const until of [1, 2, 3, 8])
        for (let minutes = -14 * 60; minutes < 38 * 60; minutes += 20) {
          const moment = new Date(day + minutes * 60_000);
          const policy = { ...defaultPolicy, quiet: { from: 22, until } };
          const { nextAllowedAt } = marketingMeter(none, moment, timeZone, policy);
          if (nextAllowedAt === null) continue;
          expect([timeZone, moment, nextAllowedAt.getTime() - moment.getTime() <= 12 * 3_600_000]).toEqual([timeZone, moment, true]);
          expect(marketingMeter(none, nextAllowedAt, timeZone, policy).refusal).toBeNull();
        }
});

const hoursOf90Days = fc.array(fc.integer({ min: 0, max: 90 * 24 }), { maxLength: 40 });

test('whatever is asked, no window of seven days ever holds more than the cap', () => {
  fc.assert(
    fc.property(hoursOf90Days, fc.integer({ min: 1, max: 5 }), (hours, cap) => {
      const passed: Date[] = [];
      for (const hour of hours.sort((a, b) => a - b)) {
        const moment = new Date(now.getTime() + hour * 3_600_000);
        if (refusalOf('marketing', { ...none, marketingTouchedAt: passed }, moment, zone, { ...defaultPolicy, cap }) === null)
          passed.push(moment);
      }
      for (const from of passed)
        expect(passed.filter((t) => t >= from && t.getTime() - from.getTime() < 7 * 86_400_000).length).toBeLessThanOrEqual(cap);
    }),
  );
});

test('the moment a refusal promises is true: one millisecond before it is still refused, at it nothing is', () => {
  fc.assert(
    fc.property(hoursOf90Days, (hours) => {
      const state = { ...none, marketingTouchedAt: hours.sort((a, b) => b - a).map((hour) => new Date(now.getTime() - hour * 1_800_000)) };
      const { nextAllowedAt } = marketingMeter(state, now, zone);
      if (nextAllowedAt === null) return;
      expect(refusalOf('marketing', state, nextAllowedAt, zone)).toBeNull();
      expect(refusalOf('marketing', state, new Date(nextAllowedAt.getTime() - 1), zone)).not.toBeNull();
    }),
  );
});
