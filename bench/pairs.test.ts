import { expect, test } from 'vitest';
import { measurePairs } from './pairs.ts';

const pairOf = (candidate: number, reference: number) => ({ candidate, reference });

test('the arms take turns at going first', async () => {
  const order: string[] = [];
  const arm = (name: string) => async () => order.push(name);
  await measurePairs({
    least: 4,
    most: 4,
    candidate: arm('a'),
    reference: arm('b'),
    ratioOf: () => pairOf(1, 1),
    onRound: () => undefined,
  });
  expect(order.join('')).toBe('abbaabba');
});

test('a clear ratio ends after the least number of pairs', async () => {
  const measured = await measurePairs({
    least: 10,
    most: 30,
    candidate: async () => 9,
    reference: async () => 10,
    ratioOf: pairOf,
    onRound: () => undefined,
  });
  expect(measured).toHaveLength(10);
});

test('an unsure ratio goes on, and gives up at the most', async () => {
  let n = 0;
  const noisy = async () => (n++ % 2 === 0 ? 5 : 15);
  const measured = await measurePairs({
    least: 10,
    most: 17,
    candidate: noisy,
    reference: async () => 10,
    ratioOf: pairOf,
    onRound: () => undefined,
  });
  expect(measured).toHaveLength(17);
});
