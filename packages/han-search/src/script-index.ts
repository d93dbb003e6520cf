import { prepareEntries, type Entries, type Entry } from './entries.ts';
import { cutAhead } from './find-whole.ts';
import { find } from './find.ts';
import { createFindings, textOf, type Found } from './findings.ts';
import { beforeFolding, fold } from './fold.ts';
import { parseQuery } from './query-words.ts';
import type { ScriptHit, SearchableScript } from './searchable-script.ts';
import { rangesOf, soundOf } from './title-units.ts';

export type SearchOptions = {
  /** Multiplies a script's score; 1 changes nothing. Up to 1.15 (recently used) it reorders equals without lifting a body over a title. */
  boost?: (scriptId: string) => number;
  /** Leaves out what it refuses, also from `total`. Of one script it is asked once for as long as it is the same function. */
  accept?: (scriptId: string) => boolean;
  /** How many hits to return; 50 unless said. `total` counts all. */
  limit?: number;
};

export type ScriptIndex = {
  search: (query: string, options?: SearchOptions) => { total: number; hits: ScriptHit[] };
  /**
   * Does some milliseconds of what searches would otherwise do at their first need: finds one letter, or cuts a few titles into words. For the time when
   * nobody types. False when nothing is left.
   */
  readAhead: () => boolean;
};

/**
 * Searches scripts by Chinese words, single characters, pinyin (`hongbao`, `hong bao`, `hongb`), initials (`hb`), and mixtures (`618hb`); folds width and
 * case and forgives a slip in latin letters. Any string is a query; one without letters, digits or symbols finds nothing.
 */
export function createScriptIndex(scripts: readonly SearchableScript[]): ScriptIndex {
  const steps = prepareEntries(scripts);
  for (;;) {
    const step = steps.next();
    if (step.done) return searchable(step.value);
  }
}

/**
 * The same, built in slices of about `sliceMs` milliseconds (8 unless said) with a turn of the event loop between them,
 * so that a page stays responsive meanwhile. Rejects with an AbortError when `signal` aborts.
 */
export async function createScriptIndexInSlices(
  scripts: readonly SearchableScript[],
  { sliceMs = 8, signal }: { sliceMs?: number; signal?: AbortSignal } = {},
): Promise<ScriptIndex> {
  const steps = prepareEntries(scripts);
  for (;;) {
    const until = performance.now() + sliceMs;
    do {
      const step = steps.next();
      if (step.done) return searchable(step.value);
    } while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve));
    if (signal?.aborted) throw new DOMException('the index is no longer wanted', 'AbortError');
  }
}

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
const titlesAtOnce = 50;

function* ahead(entries: Entries): Generator<void, void, void> {
  for (const letter of letters) {
    entries.inTitles(letter);
    yield;
  }
  for (const [at, entry] of entries.list.entries()) {
    cutAhead(entry);
    if (at % titlesAtOnce === titlesAtOnce - 1) yield;
  }
}

const everybody = (): boolean => true;

function searchable(entries: Entries): ScriptIndex {
  const steps = ahead(entries);
  const findings = createFindings(entries.list.length);
  const isAccepted = createAcceptance(entries.list.map(({ script }) => script.scriptId));
  return {
    readAhead: () => steps.next().done !== true,
    search(query, { boost, accept = everybody, limit = 50 } = {}) {
      find(entries, parseQuery(fold(query)), findings);
      const best = createBest(limit);
      let total = 0;
      for (const at of findings.at) {
        if (!isAccepted(at, accept)) continue;
        total += 1;
        best.offer(at, findings.scoreOf(at) * (boost ? boost(entries.list[at]?.script.scriptId ?? '') : 1));
      }
      const hits = best.inOrder().flatMap(({ at, score }) => {
        const entry = entries.list[at];
        return entry ? [drawn(entry, score, findings.of(at))] : [];
      });
      return { total, hits };
    },
  };
}

/** What `accept` says of a script is remembered until another one is asked: with every letter the same thousands come up again. */
function createAcceptance(scriptIds: readonly string[]): (at: number, accept: (scriptId: string) => boolean) => boolean {
  const answers: (boolean | null)[] = scriptIds.map(() => null);
  let asked: ((scriptId: string) => boolean) | null = null;
  return (at, accept) => {
    if (accept !== asked) answers.fill(null);
    asked = accept;
    return (answers[at] ??= accept(scriptIds[at] ?? ''));
  };
}

type Scored = { at: number; score: number };
const comesBefore = (one: Scored, other: Scored): boolean => one.score > other.score || (one.score === other.score && one.at < other.at);

/** The best `limit` of all that are offered. One letter finds thousands: all but a few of them are told by one comparison that they are not among them. */
function createBest(limit: number): { offer: (at: number, score: number) => void; inOrder: () => readonly Scored[] } {
  const best: Scored[] = [];
  return {
    offer(at, score) {
      const last = best[limit - 1];
      if (last && score < last.score) return;
      const one = { at, score };
      let place = best.length;
      for (let before = best[place - 1]; before && comesBefore(one, before); before = best[place - 1]) place -= 1;
      best.splice(place, 0, one);
      if (best.length > limit) best.pop();
    },
    inOrder: () => best,
  };
}

function drawn(entry: Entry, score: number, { via, span, marks: { titleWords, bodyWords } }: Found): ScriptHit {
  const hit: ScriptHit = { scriptId: entry.script.scriptId, score, via, titleRanges: titleRanges(entry, span, titleWords) };
  const spoken = span ? spokenWords(textOf(entry.title.units, span.start, span.end)) : [];
  const bodyRange = firstRange(entry.script.body, entry.foldedBody, [...bodyWords, ...spoken]);
  if (bodyRange) hit.bodyRange = bodyRange;
  if (span && (via === 'pinyin' || via === 'initials' || via === 'fuzzy')) hit.sound = soundOf(entry.title.units, span.start, span.end);
  return hit;
}

/** What to look for in the body when the title was found as `618hb`: `618红包`, else `红包`. */
function spokenWords(text: string): string[] {
  return [text, ...(text.match(/\p{Script=Han}{2,}/gu) ?? [])];
}

function titleRanges(entry: Entry, span: Found['span'], words: readonly string[]): [number, number][] {
  const ranges = span ? rangesOf(entry.title.units, span.start, span.end) : [];
  for (const word of words) {
    const range = firstRange(entry.script.title, entry.foldedTitle, [word]);
    if (range) ranges.push(range);
  }
  ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const merged: [number, number][] = [];
  for (const [from, to] of ranges) {
    const last = merged[merged.length - 1];
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** Where the first of the words that occurs stands in the original text. */
function firstRange(text: string, folded: string, words: readonly string[]): [number, number] | undefined {
  const needle = words.find((one) => one !== '' && folded.includes(one));
  if (needle === undefined) return undefined;
  const at = folded.indexOf(needle);
  return beforeFolding(text, at, at + needle.length);
}
