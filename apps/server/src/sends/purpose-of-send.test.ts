import type { Part } from '@nextline/contract';
import { expect, test } from 'vitest';
import { purposeOfSend } from './purpose-of-send.ts';

const parts: Part[] = [
  { kind: 'text', text: '{客户称呼}，给您留了一瓶' },
  { kind: 'text', text: '优惠券在「我的」里看' },
];
const service = { purpose: 'service', personal: false, parts } as const;
const nothing = { edits: [], fills: {} };

test('what head office passed as service stays service, also with a coupon in it', () => {
  expect(purposeOfSend({ script: service, ...nothing })).toEqual({ purpose: 'service', offer: null });
  const polite = { edits: [{ n: 2, text: '优惠券在「我的」里看哦' }], fills: { 客户称呼: '林小姐' } };
  expect(purposeOfSend({ script: service, ...polite })).toEqual({ purpose: 'service', offer: null });
});

test('an offer that the guide writes into a service message, or into one of its blanks, makes it marketing', () => {
  expect(purposeOfSend({ script: service, edits: [{ n: 1, text: '今天全场８折' }], fills: {} })).toEqual({
    purpose: 'marketing',
    offer: '8折',
  });
  expect(purposeOfSend({ script: service, edits: [{ n: 2, text: '今天打折' }], fills: {} })).toEqual({
    purpose: 'marketing',
    offer: '打折',
  });
  expect(purposeOfSend({ script: service, edits: [], fills: { 客户称呼: '限时抢购' } })).toMatchObject({ purpose: 'marketing' });
});

test('her own script with an offer in it is marketing whatever it was kept as', () => {
  expect(purposeOfSend({ script: { ...service, personal: true }, ...nothing })).toEqual({ purpose: 'marketing', offer: '优惠' });
  expect(purposeOfSend({ script: { ...service, personal: true, parts: parts.slice(0, 1) }, ...nothing }).purpose).toBe('service');
});
