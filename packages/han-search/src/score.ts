import type { UnitVia } from './match-units.ts';
import type { Unit } from './title-units.ts';

// What was typed, whole, in a title outranks the same in a keyword, and that outranks the body: a guide looks for a script by its name.
const titleBase = { title: 100, pinyin: 84, initials: 66 } as const;
const keywordBase = { title: 56, pinyin: 50, initials: 40 } as const;

/** A body that holds the query word for word. */
export const wholeInBody = 30;
/** Everything in a folder of that name. */
export const inFolder = 26;
/** A body that holds the words which a pinyin query stands for. */
export const spokenInBody = 22;
/** All words of the query, somewhere in title and keywords. A part of them counts for its share. */
export const allWords = 52;
/** How much a word is worth where it was found. */
export const worth = { title: 1, keyword: 0.85, body: 0.5 } as const;
/** A pair that is no word, such as `了一`, says less than a word. */
export const pairShare = 0.5;
/** Below this share of the query's words a script is noise. */
export const leastShare = 0.3;
/** A slip of the finger in an otherwise whole match. */
export const nearTitle = (slips: number): number => 34 - 8 * slips;
export const nearKeyword = (slips: number): number => nearTitle(slips) - 4;
/** Initials fit many titles: those of whole words, and of what the script then talks about, are likelier meant. */
export const initialsOfWords = 8;
export const initialsInBody = 4;

/** A match at the start of a title, and one that covers more of it, comes first among its kind. */
export function titleScore(via: UnitVia, start: number, end: number, units: readonly Unit[]): number {
  return placed(titleBase[via], start, end, units);
}

export function keywordScore(via: UnitVia, start: number, end: number, units: readonly Unit[]): number {
  return placed(keywordBase[via], start, end, units);
}

function placed(base: number, start: number, end: number, units: readonly Unit[]): number {
  let punctuationCrossed = 0;
  for (let at = start; at < end; at++) if (units[at]?.gap === 'punctuation') punctuationCrossed += 1;
  return base + (start === 0 ? 2 : 0) + 6 * ((end - start) / units.length) - 3 * punctuationCrossed;
}
