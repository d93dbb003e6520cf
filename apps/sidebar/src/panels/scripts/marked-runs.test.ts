import { expect, test } from 'vitest';
import { runsByRange, runsByWords } from './marked-runs.ts';

test('marks cut a text without losing or doubling a character', () => {
  expect(
    runsByRange('618 红包', [
      [0, 3],
      [4, 6],
    ]),
  ).toEqual([
    { text: '618', marked: true },
    { text: ' ', marked: false },
    { text: '红包', marked: true },
  ]);
  expect(runsByRange('红包', [])).toEqual([{ text: '红包', marked: false }]);
});

test('every occurrence of the words is marked', () => {
  expect(runsByWords('红包和红包', '红包').filter((run) => run.marked)).toHaveLength(2);
  expect(runsByWords('没有', null)).toEqual([{ text: '没有', marked: false }]);
});
