import { expect, test } from 'vitest';
import { inWords, say } from './say.ts';

test('a blank takes a sentence, or several in a row, in the language that is spoken, and what fills it as it is', () => {
  const because = say('because.address');
  expect([inWords(say('hidden', { because }), 'zh-CN'), inWords(say('hidden', { because }), 'en')]).toEqual([
    '现在测不到：服务器的 IP 被企业微信挡住了。',
    'Cannot be tested now: WeCom turns the server’s IP away.',
  ]);
  const names = ['$&', '{place}', say('name', { name: '周以宁', id: 'zhou' })];
  expect(inWords(say('visible_range.asked', { names }), 'zh-CN')).toBe('要问的成员：$&、{place}、周以宁（zhou）');
  expect(inWords(say('visible_range.asked', { names }), 'en')).toBe('To be asked about: $&, {place}, 周以宁 (zhou)');
});

test('a blank that is not filled does not compile', () => {
  // @ts-expect-error `because` is not given.
  expect(inWords(say('hidden', {}), 'en')).toContain('{because}');
});
