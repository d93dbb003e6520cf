import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beforeFolding, fold } from './fold.ts';
import { createScriptIndex } from './script-index.ts';
import { createTagMatcher } from './tag-matcher.ts';

// What a chat can hold: lone surrogates, joined emoji, right-to-left text with its marks, full width, accents, Han beyond the basic plane.
const pieces = [
  ['红', '包', '怎么', '，', ' ', '６１８', 'ＳＰＦ', 'é', 'e\u0301', 'İ', 'ﬁ', '㎡', '½', '👩‍👩‍👧', '🇨🇳', '👍🏽', '❤️'],
  ['مرحبا', 'שלום', '\u202e', '\u200b', '\u0000', '\ud83d', '\udc69', '𠮷', '한글', 'ひらがな', 'ß', 'hong', 'hb', 'ü', '\n', '{客户称呼}'],
].flat();
const piece = fc.constantFrom(...pieces);
const text = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((some) => some.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const script = fc.record({
  scriptId: fc.string(),
  title: text,
  titlePinyin: fc.oneof(text, fc.constantFrom('hong bao', 'a a a a a a', 'aaaa aaaa aaaa aaaa aaaa aaaa', 'lü nv')),
  keywords: fc.array(text, { maxLength: 3 }),
  body: text,
  folderName: text,
});

const inside = (whole: string, [from, to]: readonly [number, number]) => from >= 0 && from < to && to <= whole.length;

test('whatever is typed over whatever was written: no error, and every range lies inside, ascending and apart', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.array(script, { maxLength: 6 }), text, fc.nat(9), (scripts, query, limit) => {
      const unique = scripts.map((one, at) => ({ ...one, scriptId: `${at}${one.scriptId}` }));
      const { total, hits } = createScriptIndex(unique).search(query, { limit });
      expect(hits.length).toBe(Math.min(total, limit));
      for (const hit of hits) {
        const found = unique.find((one) => one.scriptId === hit.scriptId);
        expect(found).toBeDefined();
        let end = -1;
        for (const range of hit.titleRanges) {
          expect(inside(found?.title ?? '', range)).toBe(true);
          expect(range[0]).toBeGreaterThan(end);
          end = range[1];
        }
        expect(!hit.bodyRange || inside(found?.body ?? '', hit.bodyRange)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

const wide = (plain: string) => plain.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));

test('a title of letters is found by itself, in any width and case', () => {
  const word = fc.string({ unit: fc.constantFrom(...'红包怎么领防晒海报abcXYZ019'), minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(word, (title) => {
      const index = createScriptIndex([{ scriptId: 's', title, titlePinyin: '', keywords: [], body: '', folderName: '' }]);
      for (const query of [title, wide(title), title.toUpperCase()]) expect(index.search(query).total).toBe(1);
    }),
  );
});

test('a mark never cuts a joined emoji in two', () => {
  const title = '新品👩‍👩‍👧套装';
  const index = createScriptIndex([{ scriptId: 's', title, titlePinyin: 'xin pin tao zhuang', keywords: [], body: '', folderName: '' }]);
  expect(index.search('品👩').hits[0]?.titleRanges).toEqual([[1, 2 + '👩‍👩‍👧'.length]]);
});

test('every part of a folded text leads back to the characters that it came from', () => {
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(), (original, some, more) => {
      const folded = fold(original);
      fc.pre(folded !== '');
      const start = some % folded.length;
      const end = start + 1 + (more % (folded.length - start));
      const range = beforeFolding(original, start, end);
      expect(range && inside(original, range)).toBe(true);
      // Of a character that folds to several letters all come back, so there may be more than was asked for; it begins and ends with what was.
      const back = fold(original.slice(...(range ?? [0, 0])));
      const from = back.indexOf(folded.slice(start, end));
      expect(from).toBeGreaterThanOrEqual(0);
      expect(fold(original.slice(0, range?.[0])).length).toBeLessThanOrEqual(start);
      expect(fold(original.slice(0, range?.[1])).length).toBeGreaterThanOrEqual(end);
    }),
  );
});

test('tags answer any query with ranges inside their names', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ tagId: fc.string(), name: text, pinyin: text }), { maxLength: 6 }), text, (tags, query) => {
      for (const match of createTagMatcher(tags)(query)) {
        const names = tags.filter((tag) => tag.tagId === match.tagId).map((tag) => tag.name);
        for (const range of match.ranges) expect(names.some((name) => inside(name, range))).toBe(true);
      }
    }),
  );
});
