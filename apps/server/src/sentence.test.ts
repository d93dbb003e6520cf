import { expect, test } from 'vitest';
import { asItIs, inLanguage, languageOf, readSentence, writeSentence } from './sentence.ts';

const both = { 'zh-CN': '太长了', en: 'Too long' };

test('whatever is to be told is said in one language, however deep it lies, and nothing else is touched', () => {
  const answer = { findings: [{ field: 'title', sentence: both, from: null }], total: 1, failure: null, names: ['林小姐'] };
  expect(inLanguage(answer, 'en')).toEqual({ ...answer, findings: [{ field: 'title', sentence: 'Too long', from: null }] });
  expect(inLanguage(answer, 'zh-CN').findings[0]?.sentence).toBe('太长了');
});

test('what somebody wrote is theirs, though it may look like something to tell', () => {
  const content = { defaults: { 'zh-CN': '你好', en: 'hello' } };
  expect(inLanguage({ content }, 'en')).toEqual({ content });
});

test('a sentence that was kept is told in either language later, and an old one as it was', () => {
  expect(readSentence(writeSentence(both))).toEqual(both);
  expect(writeSentence(asItIs('42001 expired'))).toBe('42001 expired');
  expect(readSentence('文件是空的。')).toEqual(asItIs('文件是空的。'));
});

test('a page that does not say its language, or says one that nobody speaks here, is answered in Chinese', () => {
  expect([{}, { 'x-language': 'en' }, { 'x-language': 'fr' }, { 'accept-language': 'en-US' }].map(languageOf)).toEqual([
    'zh-CN',
    'en',
    'zh-CN',
    'zh-CN',
  ]);
});

test('an address that is followed, without a header of ours, says its language in a cookie', () => {
  const asked = [
    { cookie: 'nextline_console=abc; nextline_language=en' },
    { cookie: 'not_nextline_language=en' },
    { cookie: 'nextline_language=fr' },
    { cookie: 'nextline_language=en', 'x-language': 'zh-CN' },
  ];
  expect(asked.map(languageOf)).toEqual(['en', 'zh-CN', 'zh-CN', 'zh-CN']);
});
