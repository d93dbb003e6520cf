import { isHan } from './title-units.ts';

/** A part of a query that counts by itself. A `pair` is two characters side by side that may or may not be a word. */
export type QueryWord = { text: string; kind: 'word' | 'pair' };

/** A query, folded once. `compact` has lost its spaces and punctuation. */
export type Query = { compact: string; words: QueryWord[] };

// Enough for any question a guide types; a pasted page must not cost more than that.
const longestQuery = 120;
const mostWords = 24;

// Old webviews have no Segmenter: the pairs alone still find everything, only the ranking is coarser.
const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter('zh', { granularity: 'word' }) : null;

/** The words of a text in order, with what stands between them. */
export function segment(text: string): string[] {
  return segmenter ? Array.from(segmenter.segment(text), (piece) => piece.segment) : [];
}

/** Han runs become words ∪ pairs (a lone character stays itself), latin words and numbers stay whole. Takes folded text. */
export function parseQuery(folded: string): Query {
  const text = folded.slice(0, longestQuery);
  const words = new Map<string, QueryWord['kind']>();
  for (const [run] of text.matchAll(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu)) {
    if (!isHan(run) || run.length < 3) {
      words.set(run, 'word');
      continue;
    }
    const characters = [...run];
    for (const word of segment(run)) if ([...word].length > 1) words.set(word, 'word');
    for (let i = 0; i + 1 < characters.length; i++) {
      const pair = `${characters[i]}${characters[i + 1]}`;
      if (!words.has(pair)) words.set(pair, 'pair');
    }
  }
  const compact = text.replace(/[^\p{L}\p{N}\p{S}]/gu, '');
  return { compact, words: Array.from(words, ([text, kind]) => ({ text, kind })).slice(0, mostWords) };
}
