import type { Unit } from './title-units.ts';

/** How a query was found in consecutive units: letter for letter, by syllables, or by the first letters of syllables. */
export type UnitMatch = { via: UnitVia; start: number; end: number };
export type UnitVia = 'title' | 'pinyin' | 'initials';

// A title whose "syllables" are all alike branches at every unit; no real title comes near this.
const mostSteps = 120;
const initialsCost = 100;
/** More than any match costs. */
export const noMatch = 1_000_000;

export const viaOf = (cost: number): UnitVia => (cost >= initialsCost ? 'initials' : cost > 0 ? 'pinyin' : 'title');

const twoLetterInitials = new Set(['zh', 'ch', 'sh']);

/** What a look at one place found. It stands in fields, since an object for each of thousands of places would have to be swept up in the middle of a later key. */
export type Look = {
  /** Looks whether units from `start` on are what was typed, at less than `costBelow`. */
  at: (units: readonly Unit[], start: number, costBelow: number) => void;
  /** What the cheapest way costs, and where it ends; `noMatch` where there is none below. */
  cost: number;
  end: number;
  /** More letters may bring about a match from here on: one letter alone finds less than the same letter typed on. */
  open: boolean;
};

/**
 * Finds a query (folded, without spaces and punctuation) in consecutive units, each of which may be typed as itself, as its syllable, or as the
 * syllable's initial; the last syllable may be unfinished.
 */
export function lookFor(query: string): Look {
  let steps = 0;
  const look: Look = {
    at(units, start, costBelow) {
      steps = 0;
      look.cost = noMatch;
      look.end = -1;
      look.open = false;
      walk(units, start, 0, 0, false, costBelow);
      if (look.end >= 0) look.open = true;
    },
    cost: noMatch,
    end: -1,
    open: false,
  };

  function walk(units: readonly Unit[], at: number, typed: number, cost: number, crossed: boolean, costBelow: number): void {
    if (cost >= costBelow || cost >= look.cost || ++steps > mostSteps) {
      look.open = true;
      return;
    }
    if (typed >= query.length) {
      look.cost = cost;
      look.end = at;
      return;
    }
    const unit = units[at];
    if (!unit) return;
    if (unit.gap !== 'none') {
      // First letters picked up on both sides of a comma are a coincidence, not a word.
      if (unit.gap === 'punctuation' && cost >= initialsCost) return;
      return walk(units, at + 1, typed, cost, crossed || unit.gap === 'punctuation', costBelow);
    }
    const { text, syllables } = unit;
    const left = query.length - typed;
    if (query.startsWith(text, typed)) walk(units, at + 1, typed + text.length, cost, crossed, costBelow);
    else if (left < text.length && text.startsWith(query.slice(typed))) walk(units, at + 1, query.length, cost, crossed, costBelow);
    const first = query.charCodeAt(typed);
    for (let n = 0; n < syllables.length; n++) {
      const syllable = syllables[n] ?? '';
      if (syllable.charCodeAt(0) !== first) continue;
      if (left === 1) look.open = true;
      if (query.startsWith(syllable, typed)) walk(units, at + 1, typed + syllable.length, cost + 1, crossed, costBelow);
      else if (left < syllable.length && (left > 1 || (cost > 0 && cost < initialsCost)) && syllable.startsWith(query.slice(typed)))
        walk(units, at + 1, query.length, cost + 1, crossed, costBelow);
      if (crossed || syllable.length === 1) continue;
      walk(units, at + 1, typed + 1, cost + initialsCost, false, costBelow);
      if (left > 1 && twoLetterInitials.has(syllable.slice(0, 2)) && query.startsWith(syllable.slice(0, 2), typed))
        walk(units, at + 1, typed + 2, cost + initialsCost, false, costBelow);
    }
  }

  return look;
}

/** Where a match may begin, told from its first character. */
export const mayOpen = ({ opensWord, gap }: Unit): boolean => opensWord && gap === 'none';

/** The query in one text. Of several ways the most literal wins, then the earliest. */
export function matchUnits(units: readonly Unit[], query: string): UnitMatch | null {
  const look = lookFor(query);
  let best: UnitMatch | null = null;
  let cost = noMatch;
  for (const [start, unit] of units.entries()) {
    if (!mayOpen(unit)) continue;
    look.at(units, start, cost);
    if (look.end < 0) continue;
    cost = look.cost;
    best = { via: viaOf(cost), start, end: look.end };
  }
  return best;
}
