import type { Entries } from './entries.ts';
import { findByWords } from './find-by-words.ts';
import { findWhole } from './find-whole.ts';
import type { Findings } from './findings.ts';
import { createNearMatcher } from './near-match.ts';
import type { Query } from './query-words.ts';
import * as score from './score.ts';

const fewHits = 3;

/** Puts everything that answers a query, in no order, in the place of what was there. */
export function find(entries: Entries, { compact, words }: Query, findings: Findings): void {
  findings.clear();
  if (compact === '') return;
  findWhole(entries, compact, findings);
  // A single word that is the whole query was already looked for, in every form.
  if (words.length > 1 || words[0]?.text !== compact) findByWords(entries, words, findings);
  // A right spelling never has to compete with a wrong one.
  if (findings.at.length < fewHits && /^[a-z0-9]+$/.test(compact)) findNear(entries, compact, findings);
}

const noMarks = { titleWords: [], bodyWords: [] };

function findNear(entries: Entries, compact: string, findings: Findings): void {
  const near = createNearMatcher(compact);
  if (!near) return;
  for (const [at, entry] of entries.list.entries()) {
    const span = near(entry.title);
    if (span) findings.keep(at, score.nearTitle(span.slips), 'fuzzy', noMarks, span.start, span.end);
  }
  for (const { kind, spelling, carriers } of entries.labels) {
    const match = kind === 'keyword' ? near(spelling) : null;
    if (!match) continue;
    const worth = score.nearKeyword(match.slips);
    for (const at of carriers) findings.keep(at, worth, 'fuzzy', noMarks);
  }
}
