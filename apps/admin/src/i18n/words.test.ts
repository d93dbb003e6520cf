import { afterEach, expect, test } from 'vitest';
import { locale } from './locale.ts';
import { defineWords, useWords } from './words.ts';

const t = useWords(
  defineWords({
    'zh-CN': { title: '话术库', chosen: '选了 {n} 条，共 {all} 条' },
    en: { title: 'Scripts', chosen: '{n} of {all} chosen' },
  }),
);
afterEach(() => (locale.value = 'zh-CN'));

test('a sentence is said in the language that is chosen, with its blanks filled', () => {
  expect([t('title'), t('chosen', { n: 3, all: 120 })]).toEqual(['话术库', '选了 3 条，共 120 条']);
  locale.value = 'en';
  expect([t('title'), t('chosen', { n: 3, all: 120 })]).toEqual(['Scripts', '3 of 120 chosen']);
});

test('what fills a blank is taken as it is, also when it looks like a pattern', () => {
  expect(t('chosen', { n: '$&', all: '{n}' })).toBe('选了 $& 条，共 {n} 条');
});

test('a sentence that is missing in English, or a blank that is not filled, does not compile', () => {
  // @ts-expect-error `b` has no English.
  defineWords({ 'zh-CN': { a: '一', b: '二' }, en: { a: 'one' } });
  // @ts-expect-error `all` is not given.
  expect(t('chosen', { n: 3 })).toContain('{all}');
});
