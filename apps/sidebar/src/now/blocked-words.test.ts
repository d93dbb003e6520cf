import { expect, test } from 'vitest';
import { blockedFrom } from './blocked-words.ts';

const now = new Date('2026-06-09T06:32:00Z');
const told = (code: string, details: Record<string, unknown>) =>
  blockedFrom({ code, message: '21:00 到 09:00 不发营销消息。', details }, now, 'Asia/Shanghai');

test('a cap names its rule and the hour it ends', () => {
  expect(told('guard.cap', { cap: 3, windowDays: 7, count: 3, endsAt: '2026-06-11T01:00:00Z' })).toEqual({
    code: 'guard.cap',
    headline: '这周的营销次数用完了',
    rule: '规则：每位客户 7 天内最多 3 次，全店合计。',
    endsAt: '2026-06-11T01:00:00Z',
    endsText: '周四 09:00 起可发。',
  });
});

test('quiet hours end, an opt-out does not', () => {
  expect(told('guard.quiet_hours', { endsAt: '2026-06-10T01:00:00Z' })?.endsText).toBe('明天 09:00 起可发。');
  expect(told('guard.opted_out', { since: '2026-06-03T01:00:00Z' })).toMatchObject({ rule: '6月3日起只能回复和做售后。', endsAt: null });
});

test('any other refusal is not the guard', () => {
  expect(told('script.retired', {})).toBeNull();
});
