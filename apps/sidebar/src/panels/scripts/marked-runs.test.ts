import { expect, test } from 'vitest';
import { runsByRange, runsByWords } from './marked-runs.ts';

test('marks cut a text without losing or doubling a character', () => {
  expect(
    runsByRange('618 红包怎么领', [
      [0, 3],
      [4, 6],
    ]),
  ).toEqual({
    runs: [
      { plain: '', marked: '618' },
      { plain: ' ', marked: '红包' },
    ],
    rest: '怎么领',
  });
  expect(runsByRange('红包', [])).toEqual({ runs: [], rest: '红包' });
});

test('every occurrence of the words is marked', () => {
  expect(runsByWords('红包和红包', '红包').runs.map(({ marked }) => marked)).toEqual(['红包', '红包']);
  expect(runsByWords('没有', null)).toEqual({ runs: [], rest: '没有' });
});
