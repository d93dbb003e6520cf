import { expect, test } from 'vitest';
import { wrongWords } from './check-words.ts';

const word = (text: string) => ({ word: text, why: '', replaceWith: null });

test('a row without a word and a word that stands there twice are named, each by its row', () => {
  expect([...wrongWords([word('最有效'), word(' '), word('No.1'), word('no.1')])]).toEqual([
    [1, 'wordEmpty'],
    [3, 'wordTwice'],
  ]);
});
