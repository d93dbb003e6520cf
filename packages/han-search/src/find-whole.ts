import type { Entries, Entry } from './entries.ts';
import { holds, keep, textOf, type Findings, type Span } from './findings.ts';
import { matchUnits, type UnitMatch } from './match-units.ts';
import { segment } from './query-words.ts';
import * as score from './score.ts';
import { isHan } from './title-units.ts';

// A pinyin query may stand for several words; bodies are searched for this many of them.
const mostSpoken = 6;

/** The whole query, in one place: in titles by characters, pinyin and initials, in keywords likewise, in bodies word for word. */
export function findWhole(entries: Entries, compact: string, findings: Findings): void {
  const spoken = new Set<string>();
  const hear = (match: UnitMatch, text: string): void => {
    if (match.via === 'pinyin' && match.end - match.start > 1) spoken.add(text);
  };
  for (const at of entries.titlesByOpening.get(compact.charAt(0)) ?? []) {
    const entry = entries.list[at];
    const match = entry && matchUnits(entry.title.units, compact);
    if (!match) continue;
    if (match.via === 'pinyin') hear(match, textOf(entry.title.units, match));
    const bonus = match.via === 'initials' && compact.length > 1 ? initialsBonus(entry, match) : 0;
    const worth = score.titleScore(match, entry.title.units) + bonus;
    keep(findings, { at, score: worth, via: match.via, span: match, titleWords: [], bodyWords: [compact] });
  }
  for (const { kind, spelling, carriers } of entries.labels) {
    const match = matchUnits(spelling.units, compact);
    // Initials and single letters of a folder would bring in all of it.
    if (!match || (kind === 'folder' && (match.via === 'initials' || compact.length === 1))) continue;
    const text = textOf(spelling.units, match);
    hear(match, text);
    const worth = kind === 'folder' ? score.inFolder : score.keywordScore(match, spelling.units);
    for (const at of carriers) keep(findings, { at, score: worth, via: 'keyword', span: null, titleWords: [], bodyWords: [compact, text] });
  }
  findInBodies(entries, compact, score.wholeInBody, findings);
  for (const text of [...spoken].slice(0, mostSpoken)) findInBodies(entries, text, score.spokenInBody, findings);
}

// Cutting is dear and the same titles come up with every letter typed.
const knownCuts = new WeakMap<Entry, ReadonlySet<number>>();

function cutsOf(entry: Entry): ReadonlySet<number> {
  let cuts = knownCuts.get(entry);
  if (!cuts) {
    let at = 0;
    cuts = new Set([0, ...segment(entry.script.title).map((piece) => (at += piece.length))]);
    knownCuts.set(entry, cuts);
  }
  return cuts;
}

/** How much likelier these initials are meant than others: `红包` in `618 红包怎么领` are words, `换包` in `换包装了` are not. */
function initialsBonus(entry: Entry, span: Span): number {
  const cuts = cutsOf(entry);
  const { units } = entry.title;
  const areWords = cuts.has(units[span.start]?.from ?? -1) && cuts.has(units[span.end - 1]?.to ?? -1);
  return (areWords ? score.initialsOfWords : 0) + (entry.foldedBody.includes(textOf(units, span)) ? score.initialsInBody : 0);
}

function findInBodies(entries: Entries, words: string, worth: number, findings: Findings): void {
  const latin = !isHan(words);
  if (latin && words.length < 2) return;
  const candidates = words.length > 1 ? entries.bodies.candidates(words) : entries.list.keys();
  for (const at of candidates) {
    const body = entries.list[at]?.foldedBody ?? '';
    if (holds(body, words, latin)) keep(findings, { at, score: worth, via: 'body', span: null, titleWords: [], bodyWords: [words] });
  }
}
