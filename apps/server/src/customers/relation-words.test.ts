import { expect, test } from 'vitest';
import { maskMobile } from './mask-mobile.ts';
import { drawPulse } from './pulse.ts';
import { usualReplyHours } from './reply-hours.ts';
import { salutationOf } from './salutation.ts';
import { sourceLabel } from './source-label.ts';

const hours = (...entries: [hour: number, count: number][]) => {
  const counts = Array.from({ length: 24 }, () => 0);
  for (const [hour, count] of entries) counts[hour] = count;
  return counts;
};

test('reply hours are said only with five replies and a clear habit', () => {
  expect(usualReplyHours(hours([20, 4]))).toBeNull();
  expect(usualReplyHours(hours([20, 3], [21, 2], [9, 1]))).toBe('多在晚上回');
  expect(usualReplyHours(hours([8, 2], [12, 2], [15, 2], [20, 2], [1, 2]))).toBeNull();
  expect(usualReplyHours(hours([1, 5]))).toBe('多在深夜回');
  expect(usualReplyHours([])).toBeNull();
});

test('the pulse is 28 days with today last, and no bar is higher than 3', () => {
  const now = new Date('2026-06-09T06:32:00Z');
  const day = Date.parse('2026-06-09') / 86_400_000;
  const pulse = drawPulse({ [day]: 9, [day - 27]: 1, [day - 28]: 2 }, { [day - 1]: 2 }, now, 'Asia/Shanghai');
  expect(pulse.firstDay).toBe('2026-05-13');
  expect([pulse.customer[0], pulse.customer[27], pulse.us[26]]).toEqual([1, 3, 2]);
  expect(pulse.customer).toHaveLength(28);
});

test('what a guide writes behind a name for herself is not said to the customer', () => {
  expect(salutationOf('林小姐', 'Linda')).toBe('林小姐');
  expect(salutationOf('张姐 要小样 难搞', 'Amy')).toBe('张姐');
  expect(salutationOf('陈太·晓雯', 'x')).toBe('陈太');
  expect(salutationOf('  ', 'Linda 🌸')).toBe('Linda 🌸');
});

test('a mobile number is masked in the middle', () => {
  expect(maskMobile('13800000101')).toBe('138****0101');
  expect(maskMobile('+8613800000101')).toBe('+86*******0101');
  expect(maskMobile('12345')).toBe('*****');
});

test('how they met, in words', () => {
  expect(sourceLabel(1, 'store-njxl')).toEqual({ 'zh-CN': '门店活码', en: 'Store code' });
  expect(sourceLabel(1, 'live-0601')['zh-CN']).toBe('渠道活码');
  expect(sourceLabel(3, null)['zh-CN']).toBe('扫名片');
  expect(sourceLabel(999, null)['zh-CN']).toBe('来源不明');
});
