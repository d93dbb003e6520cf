import { expect, test } from 'vitest';
import { isNoneYet, whyEmptyCodes, whyEmptyInWords, whyUnreadable } from './why-empty.ts';

test('every reason is said in Chinese and in English, each in its own words', () => {
  const said = whyEmptyCodes.map(whyEmptyInWords);
  for (const language of ['zh-CN', 'en'] as const) {
    const sentences = said.map((sentence) => sentence[language]);
    expect(sentences.every((sentence) => sentence !== '')).toBe(true);
    expect(new Set(sentences).size).toBe(whyEmptyCodes.length);
  }
  expect(said.filter((sentence) => sentence['zh-CN'] === sentence.en)).toEqual([]);
});

test("what WeCom answers has our words where there are some, else WeCom's own", () => {
  expect(whyEmptyInWords(whyUnreadable(701008)).en).toBe('Has no API licence');
  expect(whyEmptyInWords(whyUnreadable(99999, 'whatever'))).toEqual({
    'zh-CN': '读不到：99999 whatever',
    en: 'Cannot be read: 99999 whatever',
  });
});

test('a sentence that an earlier release kept is known again, and one that is not stays as it is', () => {
  expect(whyEmptyInWords('没有接口许可').en).toBe('Has no API licence');
  expect(whyEmptyInWords('读不到：42 never heard of').en).toBe('读不到：42 never heard of');
  expect([isNoneYet('还没有客户'), isNoneYet({ code: 'none_yet' }), isNoneYet('没有接口许可'), isNoneYet({ code: 'left' })]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
