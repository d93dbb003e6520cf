import { expect, test } from 'vitest';
import { withWords } from './word-list.ts';

test('words come one by one or several at once, and each stands once', () => {
  expect(withWords(['退货'], ' 想退，退货、能退吗\n运费 ')).toEqual(['退货', '想退', '能退吗', '运费']);
  expect(withWords(['退货'], ' ， ')).toEqual(['退货']);
});

test('neither a word nor the list grows without end', () => {
  expect(withWords([], '长'.repeat(60))).toEqual(['长'.repeat(40)]);
  expect(withWords([], Array.from({ length: 60 }, (_, n) => `词${n}`).join('，'))).toHaveLength(50);
});
