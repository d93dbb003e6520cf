import { createRequire } from 'node:module';
import type * as PinyinPro from 'pinyin-pro';

/** Loaded with the first title: its dictionary is 40 ms that no start should wait for. */
const load = createRequire(import.meta.url);
let pinyinPro: typeof PinyinPro | null = null;

/** `618 红包` → `6 1 8 hong bao`: one syllable per Han character, any other character itself in lower case, spaces dropped. */
export function titlePinyin(title: string): string {
  pinyinPro ??= load('pinyin-pro') as typeof PinyinPro;
  return pinyinPro
    .pinyin(title, { toneType: 'none', type: 'all', v: true })
    .map(({ origin, pinyin: syllable, isZh }) => (isZh && syllable !== '' ? syllable : [...origin.toLowerCase()].join(' ')))
    .join(' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}
