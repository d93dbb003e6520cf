import { pinyin } from 'pinyin-pro';

/** `618 红包` → `6 1 8 hong bao`: one syllable per Han character, any other character itself in lower case, spaces dropped. */
export function titlePinyin(title: string): string {
  return pinyin(title, { toneType: 'none', type: 'all', v: true })
    .map(({ origin, pinyin: syllable, isZh }) => (isZh && syllable !== '' ? syllable : [...origin.toLowerCase()].join(' ')))
    .join(' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}
