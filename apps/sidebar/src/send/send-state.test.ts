import type { Send } from '@nextline/contract';
import { expect, test } from 'vitest';
import { busy, found, nextPart, progress, resumable, tapped, type SendEvent, type Sending } from './send-state.ts';

const body = { sendId: 's1', scriptId: 'trial', version: 3, source: { kind: 'library' as const } };
const tap = tapped({ sendId: 's1', externalUserId: 'wm-lin', title: '新品试用装领取', body });

function stored(states: Send['parts'][number]['state'][]): Send {
  return {
    sendId: 's1',
    externalUserId: 'wm-lin',
    scriptId: 'trial',
    version: 3,
    title: '新品试用装领取',
    startedAt: '2026-06-09T06:32:00.000Z',
    state: 'open',
    holderId: null,
    heldUntil: null,
    parts: states.map((state, index) => ({
      n: index + 1,
      label: `第 ${index + 1} 条`,
      state,
      message: { msgtype: 'text', text: { content: 'x' } },
      errMsg: null,
      settledAt: null,
    })),
  };
}

const play = (events: SendEvent[], from: Sending = tap) => events.reduce(progress, from);
const accepted = (count: number): SendEvent => ({
  type: 'accepted',
  send: stored(Array.from({ length: count }, () => 'waiting' as const)),
});
const sent = (n: number): SendEvent[] => [
  { type: 'part_began', n },
  { type: 'part_sent', n },
];

test('parts go out in order, one at a time, and the send is done with the last', () => {
  let state = play([accepted(2)]);
  expect(nextPart(state)).toBe(1);
  state = play([{ type: 'part_began', n: 1 }], state);
  expect(nextPart(state)).toBeNull();
  state = play([{ type: 'part_sent', n: 1 }], state);
  expect(nextPart(state)).toBe(2);
  state = play(sent(2), state);
  expect(state).toMatchObject({ phase: 'ended', end: 'done' });
  expect(busy(state, 'wm-lin')).toBe(false);
});

test('from the tap on it is busy, so a second tap finds it so', () => {
  expect(busy(tap, 'wm-lin')).toBe(true);
  expect(busy(null, 'wm-lin')).toBe(false);
});

test('a part that is asked about keeps only its own customer waiting; one that is on its way, everybody', () => {
  const running = play([accepted(2), { type: 'part_began', n: 1 }]);
  expect([busy(running, 'wm-lin'), busy(running, 'wm-chen')]).toEqual([true, true]);
  const unclear = play([{ type: 'part_unclear', n: 1 }], running);
  expect([busy(unclear, 'wm-lin'), busy(unclear, 'wm-chen'), busy(unclear, null)]).toEqual([true, false, false]);
});

test('a part that fails ends it there, and going on starts with that part', () => {
  const failed = play([accepted(4), ...sent(1), ...sent(2), { type: 'part_began', n: 3 }, { type: 'part_failed', n: 3, errMsg: 'fail' }]);
  expect(failed).toMatchObject({ phase: 'ended', end: 'failed' });
  expect(resumable(failed)).toBe(true);
  const again = play([{ type: 'resume_tapped' }, { type: 'accepted', send: stored(['sent', 'sent', 'failed', 'waiting']) }], failed);
  expect(nextPart(again)).toBe(3);
});

test('a part we saw go out is not sent again although the server has not heard of it yet', () => {
  const failed = play([accepted(2), ...sent(1), { type: 'part_began', n: 2 }, { type: 'part_failed', n: 2, errMsg: 'fail' }]);
  const again = play([{ type: 'resume_tapped' }, accepted(2)], failed);
  expect(nextPart(again)).toBe(2);
});

test('a cancel ends it and is never asked again', () => {
  const cancelled = play([accepted(2), { type: 'part_began', n: 1 }, { type: 'part_cancelled', n: 1 }]);
  expect(cancelled).toMatchObject({ phase: 'ended', end: 'cancelled' });
  expect(resumable(cancelled)).toBe(false);
  expect(play([{ type: 'resume_tapped' }], cancelled)).toBe(cancelled);
});

test('停在这里 waits for the part on its way and sends no other', () => {
  const stopping = play([accepted(3), { type: 'part_began', n: 1 }, { type: 'stop_tapped' }]);
  expect(stopping.phase).toBe('stopping');
  const stopped = play([{ type: 'part_sent', n: 1 }], stopping);
  expect(stopped).toMatchObject({ phase: 'ended', end: 'stopped' });
  expect(nextPart(stopped)).toBeNull();
});

test('stopping during the last part ends as done: everything went out', () => {
  const state = play([accepted(1), { type: 'part_began', n: 1 }, { type: 'stop_tapped' }, { type: 'part_sent', n: 1 }]);
  expect(state.end).toBe('done');
});

test('a changed chat stops before the next part', () => {
  const state = play([accepted(2), ...sent(1), { type: 'chat_changed' }]);
  expect(state).toMatchObject({ phase: 'ended', end: 'chat_changed' });
  expect(resumable(state)).toBe(true);
});

test('no answer from the server can be tried again, a refusal cannot', () => {
  const refusal = { code: 'x', message: '', details: {} };
  expect(resumable(play([{ type: 'refused', refusal: { ...refusal, status: 0 } }]))).toBe(true);
  expect(resumable(play([{ type: 'refused', refusal: { ...refusal, status: 503 } }]))).toBe(true);
  expect(resumable(play([{ type: 'refused', refusal: { ...refusal, status: 409 } }]))).toBe(false);
});

const mine = { holderId: 'page-1', now: new Date('2026-06-09T06:33:00Z') };

test('a part on its way when the page went away is put before the guide', () => {
  const state = found(stored(['sent', 'waiting', 'waiting']), body, 2, mine);
  expect(state.phase).toBe('unclear');
  expect(state.parts[1]?.state).toBe('unknown');
  const arrived = play([{ type: 'answered', n: 2, sent: true }], state);
  expect(arrived).toMatchObject({ phase: 'ended', end: 'interrupted' });
  const again = play([{ type: 'resume_tapped' }, { type: 'accepted', send: stored(['sent', 'waiting', 'waiting']) }], arrived);
  expect(again.parts.map((part) => part.state)).toEqual(['sent', 'sent', 'waiting']);
});

test('answered 没发出 it can be sent again from that part', () => {
  const state = play([{ type: 'answered', n: 2, sent: false }], found(stored(['sent', 'waiting']), body, 2, mine));
  const again = play([{ type: 'resume_tapped' }, { type: 'accepted', send: stored(['sent', 'failed']) }], state);
  expect(nextPart(again)).toBe(2);
});

test('when the unclear part was the only one left and did arrive, the send is done', () => {
  expect(play([{ type: 'answered', n: 1, sent: true }], found(stored(['waiting']), body, 1, mine)).end).toBe('done');
});

test('a send left open elsewhere can be gone on with', () => {
  const state = found(stored(['sent', 'waiting']), body, null, mine);
  expect(state).toMatchObject({ phase: 'ended', end: 'interrupted' });
  expect(resumable(state)).toBe(true);
});

test('what another page is sending is left to it; when its time is over, its next part may have arrived', () => {
  const send = { ...stored(['sent', 'waiting', 'waiting']), holderId: 'page-2', heldUntil: '2026-06-09T06:33:01Z' };
  const state = found(send, body, null, mine);
  expect(state).toMatchObject({ phase: 'ended', end: 'elsewhere' });
  expect(resumable(state)).toBe(false);
  const later = found(send, body, null, { ...mine, now: new Date('2026-06-09T06:33:02Z') });
  expect(later.phase).toBe('unclear');
  expect(later.parts.map((part) => part.state)).toEqual(['sent', 'unknown', 'waiting']);
  expect(found({ ...send, holderId: 'page-1' }, body, null, mine).end).toBe('interrupted');
});

test('an answer that comes too late changes nothing', () => {
  const done = play([accepted(1), ...sent(1)]);
  expect(play([{ type: 'stop_tapped' }, { type: 'chat_changed' }, { type: 'client_silent' }, accepted(1)], done)).toBe(done);
});
