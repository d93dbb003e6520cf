import type { Entries, Entry } from './entries.ts';
import { holds, keep, textOf, type Findings, type Span } from './findings.ts';
import type { UnitMatch } from './match-units.ts';
import { segment } from './query-words.ts';
import * as score from './score.ts';
import { isHan } from './title-units.ts';

const noWords: readonly string[] = [];

// A pinyin query may stand for several words; bodies are searched for this many of them.
const mostSpoken = 6;

/** The whole query, in one place: in titles by characters, pinyin and initials, in keywords likewise, in bodies word for word. */
export function findWhole(entries: Entries, compact: string, findings: Findings): void {
  const spoken = new Set<string>();
  // One for all: a letter may be in every title.
  const bodyWords = [compact];
  const hear = (match: UnitMatch, text: string): void => {
    if (match.via === 'pinyin' && match.end - match.start > 1) spoken.add(text);
  };
  const titles = entries.inTitles(compact);
  for (const [n, at] of titles.at.entries()) {
    const entry = entries.list[at];
    const match = titles.found[n];
    if (!entry || !match) continue;
    if (match.via === 'pinyin') hear(match, textOf(entry.title.units, match));
    const bonus = match.via === 'initials' && compact.length > 1 ? initialsBonus(entry, match) : 0;
    const worth = score.titleScore(match, entry.title.units) + bonus;
    keep(findings, { at, score: worth, via: match.via, span: match, titleWords: noWords, bodyWords });
  }
  const labels = entries.inLabels(compact);
  for (const [n, at] of labels.at.entries()) {
    const label = entries.labels[at];
    const match = labels.found[n];
    if (!label || !match) continue;
    const { kind, spelling, carriers } = label;
    // Initials and single letters of a folder would bring in all of it.
    if (kind === 'folder' && (match.via === 'initials' || compact.length === 1)) continue;
    const text = textOf(spelling.units, match);
    hear(match, text);
    const worth = kind === 'folder' ? score.inFolder : score.keywordScore(match, spelling.units);
    const words = [compact, text];
    for (const at of carriers) keep(findings, { at, score: worth, via: 'keyword', span: null, titleWords: noWords, bodyWords: words });
  }
  findInBodies(entries, compact, score.wholeInBody, findings);
  for (const text of [...spoken].slice(0, mostSpoken)) findInBodies(entries, text, score.spokenInBody, findings);
}

// Cutting is dear, and the same titles come up with every letter typed.
const knownWords = new WeakMap<Entry, ReadonlyMap<number, number>>();

/** Cuts a title ahead of the first search that needs its words. */
export const cutAhead = (entry: Entry): void => void wordsOf(entry);

/** Where the title's words begin, with where each ends. A lone Han character is no word: `盒` and `不` in `礼盒不另外收钱` are what cutting left over. */
function wordsOf(entry: Entry): ReadonlyMap<number, number> {
  let words = knownWords.get(entry);
  if (!words) {
    const found = new Map<number, number>();
    let at = 0;
    for (const piece of segment(entry.script.title)) {
      if (piece.length > 1 || !isHan(piece)) found.set(at, at + piece.length);
      at += piece.length;
    }
    knownWords.set(entry, found);
    words = found;
  }
  return words;
}

function areWords(entry: Entry, span: Span): boolean {
  const { units } = entry.title;
  const end = units[span.end - 1]?.to;
  const words = wordsOf(entry);
  let at = units[span.start]?.from;
  while (at !== undefined && at !== end) at = words.get(at);
  return at === end;
}

/** How much likelier these initials are meant than others: `红包` in `618 红包怎么领` are words, `换包` in `换包装了` are not. */
function initialsBonus(entry: Entry, span: Span): number {
  return (
    (areWords(entry, span) ? score.initialsOfWords : 0) +
    (entry.foldedBody.includes(textOf(entry.title.units, span)) ? score.initialsInBody : 0)
  );
}

function findInBodies(entries: Entries, words: string, worth: number, findings: Findings): void {
  const latin = !isHan(words);
  if (latin && words.length < 2) return;
  const candidates = words.length > 1 ? entries.bodies.candidates(words) : entries.list.keys();
  const bodyWords = [words];
  for (const at of candidates) {
    const body = entries.list[at]?.foldedBody ?? '';
    if (holds(body, words, latin)) keep(findings, { at, score: worth, via: 'body', span: null, titleWords: noWords, bodyWords });
  }
}
