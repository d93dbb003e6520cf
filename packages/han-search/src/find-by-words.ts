import type { Entries } from './entries.ts';
import { holds, type Findings, type Span } from './findings.ts';
import { matchAt } from './narrowing.ts';
import type { QueryWord } from './query-words.ts';
import * as score from './score.ts';
import { isHan } from './title-units.ts';

// The unit matcher walks many titles: a query of many latin words takes its first few only.
const mostLatinWords = 4;

type Place = { at: number; via: 'title' | 'keyword' | 'body'; span: Span | null };
type Sum = { worth: number; via: Place['via']; words: string[]; span: Span | null };

/** The query's words one by one, combined by OR: each counts by how rare it is and where it stands. */
export function findByWords(entries: Entries, words: readonly QueryWord[], findings: Findings): void {
  const sums = new Map<number, Sum>();
  let latinWords = 0;
  let whole = 0;
  for (const { text, kind } of words) {
    if (!isHan(text) && ++latinWords > mostLatinWords) continue;
    const places = [...placesOf(entries, text)];
    // Two characters that stand side by side nowhere are the end of one word and the start of the next: no loss.
    if (places.length === 0 && kind === 'pair') continue;
    const rarity = Math.log(1 + entries.list.length / (1 + places.length)) * (kind === 'pair' ? score.pairShare : 1);
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
    findings.keep(at, score.allWords * share, via, { titleWords: found, bodyWords: found }, span?.start, span?.end);
  }
}

/** Each script that has the word, once, at the best place. */
function* placesOf(entries: Entries, word: string): Generator<Place> {
  const latin = !isHan(word);
  const short = word.length < 2;
  const inHead = new Set<number>();
  const titles = latin ? entries.inTitles(word) : null;
  for (const [n, at] of titles?.at.entries() ?? []) {
    const match = titles && matchAt(titles, n);
    if (!match || (match.via === 'initials' && short)) continue;
    inHead.add(at);
    yield { at, via: 'title', span: match };
  }
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
