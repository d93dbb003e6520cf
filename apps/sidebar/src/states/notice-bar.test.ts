import type { Panel } from '@nextline/contract';
import { expect, test } from 'vitest';
import { noticeBar } from './notice-bar.ts';

const panel = {
  customer: { gender: 'female' },
  active: true,
  suggestions: { computedAt: '2026-06-09T06:02:00Z' },
  freshness: { wecomReachable: true, syncedAt: '2026-06-09T05:00:00Z' },
} as unknown as Panel;
const textOf = (status: number | null, online = true) =>
  noticeBar({
    online,
    failure: status === null ? null : { status },
    panel,
    now: new Date('2026-06-09T06:32:00Z'),
    timeZone: 'Asia/Shanghai',
  })?.text;

test('a panel that could not be read again says how old it is, whether the server is away or answers that it cannot', () => {
  expect(textOf(0)).toBe('连不上服务器。客户资料是 14:02 的，话术照常能搜。');
  expect(textOf(503)).toBe('连不上服务器。客户资料是 14:02 的，话术照常能搜。');
  expect(textOf(0, false)).toBe('网络断了。客户资料是 14:02 的，话术照常能搜。');
});

test('a fresh panel says nothing, and neither does one whose session is just being renewed', () => {
  expect(textOf(null)).toBeUndefined();
  expect(textOf(401)).toBeUndefined();
});
