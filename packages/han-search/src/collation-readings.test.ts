import { expect, test } from 'vitest';
import { brandLibrary } from './brand-library.test-data.ts';
import { collationReader } from './collation-readings.ts';
import { isHan } from './title-units.ts';

test('the readings that collation gives are those of a dictionary, but for a few characters read in several ways', () => {
  const read = collationReader();
  const wrong = new Set<string>();
  const seen = new Set<string>();
  for (const { title, titlePinyin } of brandLibrary) {
    const syllables = titlePinyin.split(' ').filter((word) => word !== '');
    const han = [...title].filter(isHan);
    const spoken = syllables.slice(-han.length);
    // Titles that mix in letters do not line up syllable by syllable.
    if (han.length !== syllables.length) continue;
    for (const [at, character] of han.entries()) {
      seen.add(character);
      if (read(character) !== spoken[at]?.replace('ü', 'v')) wrong.add(character);
    }
  }
  expect(seen.size).toBeGreaterThan(200);
  expect(wrong.size / seen.size).toBeLessThan(0.05);
});

test('what is not a common Han character has no reading', () => {
  const read = collationReader();
  expect(['a', '', '，', '𠮷', 'か'].map((character) => read(character))).toEqual([null, null, null, null, null]);
  expect(['回', '访', '旅', '绿', '女', '啊', '做'].map((character) => read(character))).toEqual([
    'hui',
    'fang',
    'lv',
    'lv',
    'nv',
    'a',
    'zuo',
  ]);
});
