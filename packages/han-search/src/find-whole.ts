import type { Entries, Entry } from './entries.ts';
import { holds, textOf, type Findings, type Marks } from './findings.ts';
import { viaOf, type UnitVia } from './match-units.ts';
import { matchAt } from './narrowing.ts';
import { segment } from './query-words.ts';
import * as score from './score.ts';
import { isHan, type Unit } from './title-units.ts';

const noWords: readonly string[] = [];

// A pinyin query may stand for several words; bodies are searched for this many of them.
const mostSpoken = 6;

/** The whole query, in one place: in titles by characters, pinyin and initials, in keywords likewise, in bodies word for word. */
export function findWhole(entries: Entries, compact: string, findings: Findings): void {
  const spoken = new Set<string>();
  const marks: Marks = { titleWords: noWords, bodyWords: [compact] };
  const hear = (via: UnitVia, units: readonly Unit[], start: number, end: number): void => {
    if (via === 'pinyin' && end - start > 1 && spoken.size < mostSpoken) spoken.add(textOf(units, start, end));
  };

  const titles = entries.inTitles(compact);
  for (let n = 0; n < titles.at.length; n++) {
    const at = titles.at[n] ?? 0;
    const start = titles.start[n] ?? 0;
    const end = titles.end[n] ?? 0;
    const via = viaOf(titles.cost[n] ?? 0);
    const entry = entries.list[at];
    if (!entry) continue;
    const { units } = entry.title;
    hear(via, units, start, end);
    const bonus = via === 'initials' && compact.length > 1 ? initialsBonus(entry, start, end) : 0;
    findings.keep(at, score.titleScore(via, start, end, units) + bonus, via, marks, start, end);
  }

  const labels = entries.inLabels(compact);
  for (const [n, at] of labels.at.entries()) {
    const label = entries.labels[at];
    const { via, start, end } = matchAt(labels, n);
    if (!label) continue;
    const {
      kind,
      spelling: { units },
      carriers,
    } = label;
    // Initials and single letters of a folder would bring in all of it.
    if (kind === 'folder' && (via === 'initials' || compact.length === 1)) continue;
    hear(via, units, start, end);
    const worth = kind === 'folder' ? score.inFolder : score.keywordScore(via, start, end, units);
    const words: Marks = { titleWords: noWords, bodyWords: [compact, textOf(units, start, end)] };
    for (const at of carriers) findings.keep(at, worth, 'keyword', words);
  }

  findInBodies(entries, compact, score.wholeInBody, findings);
  for (const text of spoken) findInBodies(entries, text, score.spokenInBody, findings);
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

function areWords(entry: Entry, start: number, end: number): boolean {
  const { units } = entry.title;
  const until = units[end - 1]?.to;
  const words = wordsOf(entry);
  let at = units[start]?.from;
  while (at !== undefined && at !== until) at = words.get(at);
  return at === until;
}

/** How much likelier these initials are meant than others: `红包` in `618 红包怎么领` are words, `换包` in `换包装了` are not. */
function initialsBonus(entry: Entry, start: number, end: number): number {
  return (
    (areWords(entry, start, end) ? score.initialsOfWords : 0) +
    (entry.foldedBody.includes(textOf(entry.title.units, start, end)) ? score.initialsInBody : 0)
  );
}

function findInBodies(entries: Entries, words: string, worth: number, findings: Findings): void {
  const latin = !isHan(words);
  if (latin && words.length < 2) return;
  const candidates = words.length > 1 ? entries.bodies.candidates(words) : entries.list.keys();
  const marks: Marks = { titleWords: noWords, bodyWords: [words] };
  for (const at of candidates) {
    const body = entries.list[at]?.foldedBody ?? '';
    if (holds(body, words, latin)) findings.keep(at, worth, 'body', marks);
  }
}
