import { expect, test } from 'vitest';
import type { StoredPart } from './sends.table.ts';
import { takingUp } from './taking-up.ts';

const startedAt = new Date('2026-06-09T06:32:00Z');
const later = (minutes: number) => new Date(startedAt.getTime() + minutes * 60_000);
const part = (n: number, sentAfter: number | null): StoredPart => ({
  n,
  label: '文字',
  state: sentAfter === null ? 'waiting' : 'sent',
  message: { msgtype: 'text', text: { content: '好' } },
  errMsg: null,
  settledAt: sentAfter === null ? null : later(sentAfter).toISOString(),
});
const send = (state: 'open' | 'stopped', ...parts: StoredPart[]) => ({ purpose: 'marketing' as const, state, parts, startedAt });

test('asked again within two minutes it is the same tap', () => {
  expect(takingUp(send('open', part(1, null)), later(1))).toBe('repeat');
  expect(takingUp(send('open', part(1, 0.5), part(2, null)), later(1))).toBe('repeat');
});

test('after that, and after every end, it begins anew or goes on', () => {
  expect(takingUp(send('open', part(1, null)), later(2))).toBe('begin');
  expect(takingUp(send('stopped', part(1, null)), later(1))).toBe('begin');
  expect(takingUp(send('stopped', part(1, 0.5), part(2, null)), later(1))).toBe('go_on');
});

test('a day after the first part it is too late, however often it was taken up in between', () => {
  const day = 24 * 60;
  expect(takingUp(send('open', part(1, 1), part(2, null)), later(day + 1))).toBe('go_on');
  expect(takingUp(send('open', part(1, 1), part(2, null)), later(day + 1.01))).toBe('too_late');
  const takenUp = { ...send('open', part(1, 1), part(2, null)), startedAt: later(day) };
  expect(takingUp(takenUp, later(day + 1.5))).toBe('too_late');
});
