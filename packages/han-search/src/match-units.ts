import type { Unit } from './title-units.ts';

/** How a query was found in consecutive units: letter for letter, by syllables, or by the first letters of syllables. */
export type UnitMatch = { via: 'title' | 'pinyin' | 'initials'; start: number; end: number; punctuationCrossed: number };

// A title whose "syllables" are all alike branches at every unit; no real title comes near this.
const stepsPerTitle = 400;
const initialsCost = 100;

const twoLetterInitials = new Set(['zh', 'ch', 'sh']);

/**
 * Finds a query (folded, without spaces and punctuation) in consecutive units, each of which may be typed as itself, as its syllable, or as the
 * syllable's initial; the last syllable may be unfinished. Of several ways the most literal wins, then the earliest.
 */
export function matchUnits(units: readonly Unit[], query: string): UnitMatch | null {
  const match = matchOrBegin(units, query);
  return match === 'begun' ? null : match;
}

/** The same; and where nothing was found but might be as soon as more is typed, `begun`: one letter alone finds less than the same letter typed on. */
export function matchOrBegin(units: readonly Unit[], query: string): UnitMatch | 'begun' | null {
  let steps = 0;
  let begun = false;
  let bestCost = Infinity;
  let bestStart = -1;
  let bestEnd = -1;
  let start = 0;

  function walk(at: number, typed: number, cost: number, crossed: boolean): void {
    if (typed >= query.length) {
      if (cost < bestCost) [bestCost, bestStart, bestEnd] = [cost, start, at];
      return;
    }
    if (cost >= bestCost) return;
    if (++steps > stepsPerTitle) {
      begun = true;
      return;
    }
    const unit = units[at];
    if (!unit) return;
    if (unit.gap !== 'none') {
      // First letters picked up on both sides of a comma are a coincidence, not a word.
      if (unit.gap === 'punctuation' && cost >= initialsCost) return;
      walk(at + 1, typed, cost, crossed || unit.gap === 'punctuation');
      return;
    }
    const left = query.length - typed;
    if (query.startsWith(unit.text, typed)) walk(at + 1, typed + unit.text.length, cost, crossed);
    else if (left < unit.text.length && unit.text.startsWith(query.slice(typed))) walk(at + 1, query.length, cost, crossed);
    for (const syllable of unit.syllables) {
      if (syllable.charCodeAt(0) !== query.charCodeAt(typed)) continue;
      if (left === 1) begun = true;
      if (query.startsWith(syllable, typed)) walk(at + 1, typed + syllable.length, cost + 1, crossed);
      else if (left < syllable.length && (left > 1 || (cost > 0 && cost < initialsCost)) && syllable.startsWith(query.slice(typed)))
        walk(at + 1, query.length, cost + 1, crossed);
      if (crossed || syllable.length === 1) continue;
      walk(at + 1, typed + 1, cost + initialsCost, false);
      if (left > 1 && twoLetterInitials.has(syllable.slice(0, 2)) && query.startsWith(syllable.slice(0, 2), typed))
        walk(at + 1, typed + 2, cost + initialsCost, false);
    }
  }

  const first = query.charCodeAt(0);
  for (; start < units.length; start++) {
    const unit = units[start];
    if (!unit || !unit.opensWord || unit.gap !== 'none' || !mayOpen(unit, first)) continue;
    walk(start, 0, 0, false);
    if (bestCost === 0) break;
  }
  if (bestStart < 0) return begun ? 'begun' : null;
  const punctuationCrossed = units.slice(bestStart, bestEnd).filter((unit) => unit.gap === 'punctuation').length;
  const via = bestCost >= initialsCost ? 'initials' : bestCost > 0 ? 'pinyin' : 'title';
  return { via, start: bestStart, end: bestEnd, punctuationCrossed };
}

function mayOpen(unit: Unit, first: number): boolean {
  if (unit.text.charCodeAt(0) === first) return true;
  for (const syllable of unit.syllables) if (syllable.charCodeAt(0) === first) return true;
  return false;
}
