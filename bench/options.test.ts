import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

test('without a word all ratios are measured on 100,000 customers, twelve pairs at least and three times as many at most', () => {
  expect(readOptions([])).toEqual({
    only: ['R1', 'R2', 'R3', 'R4', 'R8', 'L1', 'S1', 'S2'],
    customers: 100_000,
    pairs: { least: 12, most: 36 },
    seconds: 3,
    quick: false,
  });
});

test('ids, size and rounds can be named', () => {
  const options = readOptions(['--only', 'r3,R1', '--customers', '5000', '--rounds', '10']);
  expect(options).toMatchObject({ only: ['R1', 'R3'], customers: 5000, pairs: { least: 10, most: 30 } });
});

test('the list by itself is measured on a million', () => {
  expect(readOptions(['--only', 'L1']).customers).toBe(1_000_000);
  expect(readOptions(['--only', 'L1,R1']).customers).toBe(100_000);
});

test('a try is short and never goes on', () => {
  expect(readOptions(['--quick'])).toMatchObject({ quick: true, pairs: { least: 2, most: 2 }, customers: 1000 });
});

test('what makes no sense is refused in a sentence', () => {
  expect(() => readOptions(['--only', 'R1,R9'])).toThrow('--only knows R1, R2, R3, R4, R8, L1, S1, S2, not R9.');
  expect(() => readOptions(['--customers', 'many'])).toThrow('--customers is "many": it must be a whole number, at least 100.');
  expect(() => readOptions(['--rounds', '0'])).toThrow('at least 1');
});
