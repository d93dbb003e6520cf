import { expect, test } from 'vitest';
import { endWords } from './send-words.ts';
import type { PartProgress, Sending } from './send-state.ts';

function ended(end: Sending['end'], ...states: PartProgress[]): Sending {
  return {
    sendId: 's',
    externalUserId: 'x',
    title: '新品试用装领取',
    body: { sendId: 's', scriptId: 'trial', version: 1, source: { kind: 'library' } },
    phase: 'ended',
    end,
    parts: states.map((state, index) => ({ n: index + 1, label: '', state, errMsg: null })),
    refusal: null,
  };
}

test('a failure in the middle says what arrived and goes on from there', () => {
  expect(endWords(ended('failed', 'sent', 'sent', 'failed', 'waiting'))).toEqual({
    text: '第 3 条没发出去，前 2 条客户已收到。',
    tone: 'danger',
    resume: '从第 3 条接着发',
  });
});

test('the only message that failed did not arrive', () => {
  expect(endWords(ended('failed', 'failed'))).toEqual({ text: '没发出去，客户没有收到。', tone: 'danger', resume: '再发一次' });
});

test('a cancel is noted and offers nothing', () => {
  expect(endWords(ended('cancelled', 'cancelled'))).toEqual({ text: '你取消了发送，已记下，不会再问。', tone: 'plain', resume: null });
});

test('a send that was completed needs no words', () => {
  expect(endWords(ended('done', 'sent'))).toBeNull();
});

const refused = (status: number, code: string): Sending => ({
  ...ended(null),
  phase: 'refused',
  refusal: { status, code, message: '服务器的话。', details: {} },
});

test('no answer can be tried again, a refusal says its own sentence', () => {
  expect(endWords(refused(0, 'network.unreachable'))).toEqual({ text: '没连上服务器，还没发给客户。', tone: 'warn', resume: '重试' });
  const begun = { ...refused(0, 'network.unreachable'), parts: ended(null, 'sent', 'sent', 'failed').parts };
  expect(endWords(begun)).toEqual({ text: '没连上服务器，前 2 条客户已收到。', tone: 'warn', resume: '从第 3 条接着发' });
  expect(endWords(refused(503, 'media.unavailable'))).toMatchObject({ text: '服务器的话。', resume: '重试' });
  expect(endWords(refused(410, 'script.retired'))).toMatchObject({ resume: null });
});
