import { expect, test } from 'vitest';
import { chosenDelivery } from './delivery.ts';

test('the ready choice that is on is recognised', () => {
  expect(chosenDelivery({ duplicate: 1, shuffle_ms: 0, drop_rate: 0 })?.title).toBe('正常');
  expect(chosenDelivery({ duplicate: 2, shuffle_ms: 0, drop_rate: 0 })?.title).toBe('重复');
});

test('a mixture that somebody set over the control API is none of the ready choices', () => {
  expect(chosenDelivery({ duplicate: 2, shuffle_ms: 200, drop_rate: 0.1 })).toBeUndefined();
});
