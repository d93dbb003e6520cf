import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

const read = (...args: string[]) => readOptions(args, ['T1', 'T3', 'T25'], 0.1);

test('without a word every row runs in full, with a seed of the day', () => {
  expect(read()).toEqual({ only: ['T1', 'T3', 'T25'], seed: null, seeds: 1, seconds: null, steps: null, share: 0.1, short: false });
});

test('the line that a failed run prints is understood', () => {
  expect(read('--only', 't3', '--seed', '17')).toMatchObject({ only: ['T3'], seed: 17 });
});

test('what makes no sense is refused in a sentence', () => {
  expect(() => read('--only', 'T99')).toThrow('--only knows T1, T3, T25, not T99.');
  expect(() => read('--seconds', 'long')).toThrow('--seconds is "long": it must be a number, at least 1.');
});
