import { expect, test } from 'vitest';
import { faultTitle, isSame, readyFaults } from './ready-faults.ts';

test('a ready fault is recognised when the server lists it with its defaults and fewer calls left', () => {
  expect(faultTitle({ path: 'bridge/sendChatMessage', errmsg: 'fail', skip: 0, times: 1 })).toBe('第 2 条失败');
  expect(faultTitle({ path: 'cgi-bin', drop: true, after_effect: false })).toBe('断网');
});

test('a fault set by somebody else is named by what it spoils', () => {
  expect(faultTitle({ path: 'cgi-bin/gettoken', errcode: 40001 })).toBe('cgi-bin/gettoken 40001');
  expect(faultTitle({ path: 'cgi-bin/user', delay_ms: 800 })).toBe('cgi-bin/user 慢 800 毫秒');
});

test('no two ready faults are the same', () => {
  const faults = readyFaults.flatMap(({ choices }) => choices.map(({ fault }) => fault));
  expect(faults.filter((one, n) => faults.findIndex((other) => isSame(one, other)) !== n)).toEqual([]);
});
