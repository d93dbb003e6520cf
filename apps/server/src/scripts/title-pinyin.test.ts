import { expect, test } from 'vitest';
import { titlePinyin } from './title-pinyin.ts';

test('one syllable per character, read as the word is read', () => {
  expect(titlePinyin('换季泛红，精华怎么用')).toBe('huan ji fan hong ， jing hua zen me yong');
  expect(titlePinyin('重复购买')).toBe('chong fu gou mai');
  expect(titlePinyin('护肤顺序：绿色瓶')).toBe('hu fu shun xu ： lv se ping');
});

test('what is not Han stands for itself, in lower case', () => {
  expect(titlePinyin('618 红包')).toBe('6 1 8 hong bao');
  expect(titlePinyin('SPF50+ 防晒')).toBe('s p f 5 0 + fang shai');
  expect(titlePinyin('  ')).toBe('');
  expect(titlePinyin('好🌸')).toBe('hao 🌸');
});
