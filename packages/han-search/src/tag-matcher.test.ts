import { expect, test } from 'vitest';
import { createTagMatcher } from './tag-matcher.ts';

const match = createTagMatcher([
  { tagId: 't1', name: '不敏感', pinyin: 'bu min gan' },
  { tagId: 't2', name: '敏感肌', pinyin: 'min gan ji' },
  { tagId: 't3', name: '618', pinyin: '6 1 8' },
  { tagId: 't4', name: '晚间在线', pinyin: 'wan jian zai xian' },
]);

test('tags are found by characters, pinyin and initials, those that begin so first', () => {
  expect(match('敏感').map((tag) => tag.tagId)).toEqual(['t2', 't1']);
  expect(match('mingan').map((tag) => tag.tagId)).toEqual(['t2', 't1']);
  expect(match('wjzx')).toEqual([{ tagId: 't4', ranges: [[0, 4]] }]);
  expect(match('６１８')).toEqual([{ tagId: 't3', ranges: [[0, 3]] }]);
});

test('an empty query keeps every tag in its order, an unknown one keeps none', () => {
  expect(match(' ').map((tag) => tag.tagId)).toEqual(['t1', 't2', 't3', 't4']);
  expect(match('孕期')).toEqual([]);
});
