import type { Entries, Entry } from './entries.ts';
import { matchUnits } from './match-units.ts';
import { createNearMatcher } from './near-match.ts';
import { segment, type Query } from './query-words.ts';
import * as score from './score.ts';
import type { Via } from './searchable-script.ts';
import { isHan, type Unit } from './title-units.ts';

/** A script that was found, before its ranges are drawn. */
export type Found = {
  at: number;
  score: number;
  via: Via;
  /** Which of the title's units to mark. */
  span: Span | null;
  /** Words to mark in the title besides, wherever they stand. */
  titleWords: readonly string[];
  /** The words to look for in the body, best first, before those of the span; one is marked. */
  bodyWords: readonly string[];
};

type Span = { start: number; end: number };

export type Findings = Map<number, Found>;

const fewHits = 3;
// The unit matcher walks all titles: a query of many latin words takes its first few only.
const mostLatinWords = 4;
// A pinyin query may stand for several words; bodies are searched for this many of them.
const mostSpoken = 6;

function keep(findings: Findings, found: Found): void {
  const known = findings.get(found.at);
  if (!known || found.score > known.score) findings.set(found.at, found);
}

/** What stands in a span, folded, without its spaces. */
export function textOf(units: readonly Unit[], { start, end }: Span): string {
  let text = '';
  for (const unit of units.slice(start, end)) if (unit.gap !== 'space') text += unit.text;
  return text;
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

/** The whole query, in one place: in titles by characters, pinyin and initials, in keywords likewise, in bodies word for word. */
function findWhole(entries: Entries, { compact }: Query, findings: Findings): void {
  const spoken = new Set<string>();
  const opening = compact.charAt(0);
  for (const [at, entry] of entries.list.entries()) {
    const match = entry.titleOpenings.includes(opening) ? matchUnits(entry.title.units, compact) : null;
    if (match) {
      if (match.via === 'pinyin' && match.end - match.start > 1) spoken.add(textOf(entry.title.units, match));
      const bonus = match.via === 'initials' && compact.length > 1 ? initialsBonus(entry, match) : 0;
      const worth = score.titleScore(match, entry.title.units) + bonus;
      keep(findings, { at, score: worth, via: match.via, span: match, titleWords: [], bodyWords: [compact] });
      continue;
    }
    if (!entry.keywordOpenings.includes(opening)) continue;
    for (const { units } of entry.keywords) {
      const inKeyword = matchUnits(units, compact);
      if (!inKeyword) continue;
      const text = textOf(units, { start: 0, end: units.length });
      const worth = score.keywordScore(inKeyword, units);
      keep(findings, { at, score: worth, via: 'keyword', span: null, titleWords: [], bodyWords: [compact, text] });
    }
  }
  findInBodies(entries, compact, score.wholeInBody, findings);
  for (const text of [...spoken].slice(0, mostSpoken)) findInBodies(entries, text, score.spokenInBody, findings);
}

function findInBodies(entries: Entries, needle: string, worth: number, findings: Findings): void {
  const latin = !isHan(needle);
  if (latin && needle.length < 2) return;
  const candidates = needle.length > 1 ? entries.bodies.candidates(needle) : entries.list.keys();
  for (const at of candidates) {
    const body = entries.list[at]?.foldedBody ?? '';
    if (holds(body, needle, latin)) keep(findings, { at, score: worth, via: 'body', span: null, titleWords: [], bodyWords: [needle] });
  }
}

/** A latin word counts from its first letter on: `an` is not in `plan`. */
function holds(text: string, word: string, latin: boolean): boolean {
  let at = text.indexOf(word);
  if (!latin) return at >= 0;
  while (at >= 0) {
    if (at === 0 || !/[a-z0-9]/.test(text.charAt(at - 1))) return true;
    at = text.indexOf(word, at + 1);
  }
  return false;
}

type Place = { at: number; via: 'title' | 'keyword' | 'body'; span: { start: number; end: number } | null };

function* placesOf(entries: Entries, word: string): Generator<Place> {
  const latin = !isHan(word);
  const inHead = new Set<number>();
  if (latin) {
    for (const [at, entry] of entries.list.entries()) {
      const match = entry.titleOpenings.includes(word.charAt(0)) ? matchUnits(entry.title.units, word) : null;
      if (!match || (match.via === 'initials' && word.length < 2)) continue;
      inHead.add(at);
      yield { at, via: 'title', span: match };
    }
  }
  const short = word.length < 2;
  for (const at of short ? entries.list.keys() : entries.heads.candidates(word)) {
    const entry = entries.list[at];
    if (!entry || inHead.has(at) || !holds(entry.foldedHead, word, latin)) continue;
    inHead.add(at);
    yield { at, via: entry.foldedTitle.includes(word) ? 'title' : 'keyword', span: null };
  }
  for (const at of short ? entries.list.keys() : entries.bodies.candidates(word)) {
    if (!inHead.has(at) && holds(entries.list[at]?.foldedBody ?? '', word, latin)) yield { at, via: 'body', span: null };
  }
}

type Sum = { worth: number; via: Place['via']; words: string[]; span: Span | null };

/** The query's words one by one, combined by OR: each counts by how rare it is and where it stands. */
function findByWords(entries: Entries, { words }: Query, findings: Findings): void {
  const sums = new Map<number, Sum>();
  let latinWords = 0;
  let whole = 0;
  for (const { text, kind } of words) {
    if (!isHan(text) && ++latinWords > mostLatinWords) continue;
    const places = [...placesOf(entries, text)];
    // Two characters that stand side by side nowhere are the end of one word and the start of the next: no loss.
    if (places.length === 0 && kind === 'pair') continue;
    const rarity = Math.log(1 + entries.list.length / (1 + places.length));
    whole += rarity;
    for (const { at, via, span } of places) {
      const gained = rarity * score.worth[via];
      const sum = sums.get(at);
      if (!sum) sums.set(at, { worth: gained, via, words: [text], span });
      else {
        sum.worth += gained;
        sum.words.push(text);
        sum.span ??= span;
        if (score.worth[via] > score.worth[sum.via]) sum.via = via;
      }
    }
  }
  for (const [at, { worth, via, words: found, span }] of sums) {
    const share = worth / whole;
    if (share < score.leastShare * score.worth[via]) continue;
    keep(findings, { at, score: score.allWords * share, via, span, titleWords: found, bodyWords: found });
  }
}

/** Slips of the finger, tried only when little else was found: a right spelling never has to compete with a wrong one. */
function findNear(entries: Entries, { compact }: Query, findings: Findings): void {
  if (findings.size >= fewHits || !/^[a-z0-9]+$/.test(compact)) return;
  const near = createNearMatcher(compact);
  if (!near) return;
  for (const [at, entry] of entries.list.entries()) {
    const span = near(entry.title);
    if (span) keep(findings, { at, score: score.nearTitle(span.slips), via: 'fuzzy', span, titleWords: [], bodyWords: [] });
    for (const keyword of entry.keywords) {
      const inKeyword = near(keyword);
      if (inKeyword)
        keep(findings, { at, score: score.nearKeyword(inKeyword.slips), via: 'fuzzy', span: null, titleWords: [], bodyWords: [] });
    }
  }
}

/** Everything that answers a query, in no order. */
export function find(entries: Entries, query: Query): Findings {
  const findings: Findings = new Map();
  if (query.compact === '') return findings;
  findWhole(entries, query, findings);
  // A single word that is the whole query was already looked for, in every form.
  if (query.words.length > 1 || query.words[0]?.text !== query.compact) findByWords(entries, query, findings);
  findNear(entries, query, findings);
  return findings;
}
