import { expect, test } from 'vitest';
import { chatTimeLabel, clockLabel, separatorLabel } from './time-labels.ts';

const now = Date.parse('2026-06-09T14:32:00+08:00');
const at = (iso: string): number => Date.parse(`${iso}+08:00`);

test('the clock is read in Shanghai, whatever zone the browser is in', () => {
  expect(clockLabel(now)).toBe('6月9日 周二 14:32');
  expect(clockLabel(at('2026-06-10T00:05:00'))).toBe('6月10日 周三 00:05');
  expect(separatorLabel('2026-06-09T06:10:00.000Z', now)).toBe('14:10');
});

test('the chat list says the time today, 昨天, the weekday within a week, then the date', () => {
  expect(chatTimeLabel(at('2026-06-09T00:00:00'), now)).toBe('00:00');
  expect(chatTimeLabel(at('2026-06-08T23:59:00'), now)).toBe('昨天');
  expect(chatTimeLabel(at('2026-06-03T09:00:00'), now)).toBe('周三');
  expect(chatTimeLabel(at('2026-06-02T09:00:00'), now)).toBe('6月2日');
  expect(chatTimeLabel(at('2025-12-31T09:00:00'), now)).toBe('2025/12/31');
});

test('a message from after a clock that was set back still shows its time', () => {
  expect(chatTimeLabel(at('2026-06-11T09:00:00'), now)).toBe('09:00');
});

test('the line between groups of messages carries the day when it is not today', () => {
  expect(separatorLabel(at('2026-06-09T14:10:00'), now)).toBe('14:10');
  expect(separatorLabel(at('2026-06-08T14:10:00'), now)).toBe('昨天 14:10');
  expect(separatorLabel(at('2026-06-02T14:10:00'), now)).toBe('6月2日 14:10');
  expect(separatorLabel(at('2025-06-02T14:10:00'), now)).toBe('2025年6月2日 14:10');
});
