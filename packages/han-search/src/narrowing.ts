import { matchOrBegin, type UnitMatch } from './match-units.ts';
import { openingsOf } from './spelling.ts';
import type { Unit } from './title-units.ts';

/** What was found, and where: `found[i]` in the text `at[i]`; null where nothing was, and something may be as soon as more is typed. */
export type Narrowed = { at: readonly number[]; found: readonly (UnitMatch | null)[] };

/** As many searches as lie between two of the same words, and their beginnings. */
const mostKept = 48;

export type Narrowing = {
  /** One more text; its number is how many were added before. */
  add: (units: readonly Unit[]) => void;
  find: (query: string) => Narrowed;
};

/**
 * `matchUnits` over many texts for somebody who types: what has no match for `hua`, and none that one more letter could bring about, has none for `huan`
 * either. What the letters of a search left over is kept for its next letter, and for the way back; what single letters find is kept for good.
 */
export function createNarrowing(): Narrowing {
  const texts: (readonly Unit[])[] = [];
  const byOpening = new Map<string, number[]>();
  const letters = new Map<string, Narrowed>();
  const kept = new Map<string, Narrowed>();

  function from(query: string): readonly number[] {
    for (let length = query.length - 1; length > 0; length--) {
      const beginning = query.slice(0, length);
      const known = kept.get(beginning) ?? letters.get(beginning);
      if (known) return known.at;
    }
    return byOpening.get(query.charAt(0)) ?? [];
  }

  function find(query: string): Narrowed {
    const known = kept.get(query) ?? letters.get(query);
    if (known) return known;
    const at: number[] = [];
    const found: (UnitMatch | null)[] = [];
    for (const text of from(query)) {
      const match = matchOrBegin(texts[text] ?? [], query);
      if (match === null) continue;
      at.push(text);
      found.push(match === 'begun' ? null : match);
    }
    const narrowed = { at, found };
    if (query.length === 1 && query < '\u0080') letters.set(query, narrowed);
    else {
      kept.set(query, narrowed);
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    }
    return narrowed;
  }

  return {
    add(units) {
      const at = texts.push(units) - 1;
      for (const opening of openingsOf(units)) {
        const known = byOpening.get(opening);
        if (known) known.push(at);
        else byOpening.set(opening, [at]);
      }
    },
    find,
  };
}
