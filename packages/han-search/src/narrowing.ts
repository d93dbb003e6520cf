import { lookFor, mayOpen, noMatch, viaOf, type UnitMatch } from './match-units.ts';
import type { Unit } from './title-units.ts';

/** In which texts something was found, and where: for each text of `at` the units from `start` to `end`, and what that way of finding it costs. */
export type Narrowed = { at: readonly number[]; start: readonly number[]; end: readonly number[]; cost: readonly number[] };

/** Places to look at: units of texts, text by text. */
type Places = { at: number[]; start: number[] };

/** As many searches as lie between two of the same words, and their beginnings. */
const mostKept = 48;

export type Narrowing = {
  /** One more text; its number is how many were added before. */
  add: (units: readonly Unit[]) => void;
  find: (query: string) => Narrowed;
};

export const matchAt = ({ start, end, cost }: Narrowed, n: number): UnitMatch => ({
  via: viaOf(cost[n] ?? 0),
  start: start[n] ?? 0,
  end: end[n] ?? 0,
});

/**
 * `matchUnits` over many texts for somebody who types: where there is no match for `hua`, and none that more letters could bring about, there is none for
 * `huan` either. What the letters of a search left over is kept for its next letter, and for the way back; what single letters find is kept for good.
 */
export function createNarrowing(): Narrowing {
  type Kept = { found: Narrowed; open: Places };
  const texts: (readonly Unit[])[] = [];
  const byOpening = new Map<string, Places>();
  const letters = new Map<string, Kept>();
  const kept = new Map<string, Kept>();

  function noteOpening(opening: string, at: number, start: number): void {
    const places = byOpening.get(opening) ?? { at: [], start: [] };
    byOpening.set(opening, places);
    const last = places.at.length - 1;
    if (places.at[last] === at && places.start[last] === start) return;
    places.at.push(at);
    places.start.push(start);
  }

  const knownOf = (query: string): Kept | undefined => kept.get(query) ?? letters.get(query);

  function placesFor(query: string): Places | undefined {
    for (let length = query.length - 1; length > 0; length--) {
      const known = knownOf(query.slice(0, length));
      if (known) return known.open;
    }
    return byOpening.get(query.charAt(0));
  }

  function lookAtAll(query: string, places: Places): Kept {
    const look = lookFor(query);
    const found = { at: [] as number[], start: [] as number[], end: [] as number[], cost: [] as number[] };
    const open: Places = { at: [], start: [] };
    let last = -1;
    for (let n = 0; n < places.at.length; n++) {
      const at = places.at[n] ?? 0;
      const start = places.start[n] ?? 0;
      const again = found.at[last] === at;
      look.at(texts[at] ?? [], start, again ? (found.cost[last] ?? noMatch) : noMatch);
      if (look.open) {
        open.at.push(at);
        open.start.push(start);
      }
      if (look.end < 0) continue;
      if (!again) last += 1;
      found.at[last] = at;
      found.start[last] = start;
      found.end[last] = look.end;
      found.cost[last] = look.cost;
    }
    return { found, open };
  }

  return {
    add(units) {
      const at = texts.push(units) - 1;
      for (const [start, unit] of units.entries()) {
        if (!mayOpen(unit)) continue;
        noteOpening(unit.text.charAt(0), at, start);
        for (const syllable of unit.syllables) noteOpening(syllable.charAt(0), at, start);
      }
    },
    find(query) {
      const known = knownOf(query);
      if (known) return known.found;
      const narrowed = lookAtAll(query, placesFor(query) ?? { at: [], start: [] });
      if (query.length === 1 && query < '\u0080') letters.set(query, narrowed);
      else {
        kept.set(query, narrowed);
        const [oldest] = kept.keys();
        if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
      }
      return narrowed.found;
    },
  };
}
