import { expect, test } from 'vitest';
import { blockedFrom } from './blocked-words.ts';

const message = '这周的营销次数用完了。规则：每位客户 7 天内最多 3 次，全店合计。周四 09:00 起可发。';

test('the guard names its rule and when it ends', () => {
  const details = {
    headline: '这周的营销次数用完了',
    rule: '规则：每位客户 7 天内最多 3 次，全店合计。',
    endsAt: '2026-06-11T01:00:00Z',
    endsText: '周四 09:00 起可发。',
  };
  expect(blockedFrom({ code: 'guard.cap', message, details })).toEqual({ code: 'guard.cap', ...details });
});

test('without its parts the sentence stands alone', () => {
  expect(blockedFrom({ code: 'guard.opted_out', message: '这位客户不想收营销消息。', details: {} })).toEqual({
    code: 'guard.opted_out',
    headline: '这位客户不想收营销消息。',
    rule: '',
    endsAt: null,
    endsText: null,
  });
});

test('any other refusal is not the guard', () => {
  expect(blockedFrom({ code: 'script.retired', message, details: {} })).toBeNull();
});
