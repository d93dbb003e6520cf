import { expect, test } from 'vitest';
import { reason, SimulatorError } from './api.ts';

test('what the page says is for people, whatever the server said for developers', () => {
  expect(reason(new SimulatorError(403, 'they are no longer friends'))).toBe('你们已经不是好友了。');
  expect(reason(new SimulatorError(0, '模拟器没有回应，它可能停了'))).toBe('模拟器没有回应，它可能停了');
  expect(reason('odd')).toBe('odd');
});
