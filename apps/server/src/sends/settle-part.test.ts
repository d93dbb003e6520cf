import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StoredPart } from './sends.table.ts';
import { holdsReservation, type PartReport, type SendProgress, settlePart } from './settle-part.ts';

const at = new Date('2026-06-09T06:32:00Z');
const part = (n: number, state: StoredPart['state'] = 'waiting'): StoredPart => ({
  n,
  label: '文字',
  state,
  message: { msgtype: 'text', text: { content: '好' } },
  errMsg: null,
  settledAt: null,
});
const open = (...parts: StoredPart[]): SendProgress => ({ purpose: 'marketing', state: 'open', parts });
const report = (n: number, state: PartReport['state'], errMsg: string | null = null): PartReport => ({ n, state, errMsg, at });

test('a send is done when every part was sent, and the first one is the touch', () => {
  const first = settlePart(open(part(1), part(2)), report(1, 'sent'));
  expect(first).toMatchObject({ state: 'open', firstSentAt: at });
  const second = settlePart({ ...open(), parts: first?.parts ?? [] }, report(2, 'sent'));
  expect(second).toMatchObject({ state: 'done', firstSentAt: null });
});

test('a cancel and a failure end the send and are recorded with what the client said', () => {
  expect(settlePart(open(part(1)), report(1, 'cancelled', 'sendChatMessage:cancel'))).toMatchObject({
    state: 'stopped',
    firstSentAt: null,
    parts: [{ state: 'cancelled', errMsg: 'sendChatMessage:cancel', settledAt: at.toISOString() }],
  });
});

test('sent is final: a later failure of the same part changes nothing', () => {
  expect(settlePart(open(part(1, 'sent'), part(2)), report(1, 'failed'))).toBeNull();
});

test('a part that failed and was sent later lets the rest go on', () => {
  expect(settlePart({ ...open(part(1, 'sent'), part(2, 'failed'), part(3)), state: 'stopped' }, report(2, 'sent'))).toMatchObject({
    state: 'open',
  });
});

test('a part that the send does not have changes nothing', () => {
  expect(settlePart(open(part(1)), report(2, 'sent'))).toBeNull();
});

test('whatever is reported in whatever order, the touch is told at most once and the place under the cap is never held twice', () => {
  const reports = fc.array(
    fc.record({ n: fc.integer({ min: 1, max: 3 }), state: fc.constantFrom('sent' as const, 'failed' as const, 'cancelled' as const) }),
  );
  fc.assert(
    fc.property(reports, (all) => {
      let send = open(part(1), part(2), part(3));
      let touches = 0;
      for (const one of all) {
        const settled = settlePart(send, report(one.n, one.state));
        if (settled === null) continue;
        if (settled.firstSentAt) touches += 1;
        send = { purpose: send.purpose, state: settled.state, parts: settled.parts };
      }
      expect(touches).toBe(send.parts.some((one) => one.state === 'sent') ? 1 : 0);
      expect(holdsReservation(send) && touches === 1).toBe(false);
      expect(send.state === 'done').toBe(send.parts.every((one) => one.state === 'sent'));
    }),
  );
});
