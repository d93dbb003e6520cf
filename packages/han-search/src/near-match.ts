import type { Spelling } from './spelling.ts';

export type NearMatch = { start: number; end: number; slips: number };

/** Slips forgiven in what was typed: none in short words, one from four letters on, two from eight. */
export const slipsAllowed = (letters: number): number => (letters < 4 ? 0 : letters < 8 ? 1 : 2);

/**
 * A matcher for one query: finds consecutive whole units whose spelling is within the allowed slips (a letter missing, added, changed, or two
 * swapped). The fewest slips win, then the earliest place. Null when the query is too short to forgive anything.
 */
export function createNearMatcher(query: string): ((spelling: Spelling) => NearMatch | null) | null {
  const slips = slipsAllowed(query.length);
  if (slips === 0) return null;
  const pieces = intactPieces(query, slips);
  return (spelling) => {
    let best: NearMatch | null = null;
    for (const piece of pieces) {
      for (let found = spelling.text.indexOf(piece.text); found >= 0; found = spelling.text.indexOf(piece.text, found + 1)) {
        const begin = found - piece.from;
        for (let start = 0; start < spelling.at.length; start++) {
          const at = spelling.at[start] ?? 0;
          if (at < begin - slips) continue;
          if (at > begin + slips) break;
          const allowed: number = best ? best.slips - 1 : slips;
          best = nearestFrom(spelling, start, query, allowed) ?? best;
        }
      }
    }
    return best;
  };
}

/** With n slips, one of n + 1 pieces of the query is intact: only the places that hold such a piece need a closer look. */
function intactPieces(query: string, slips: number): { text: string; from: number }[] {
  const pieces = [];
  const length = query.length / (slips + 1);
  for (let i = 0; i <= slips; i++) {
    const from = Math.round(i * length);
    pieces.push({ text: query.slice(from, Math.round((i + 1) * length)), from });
    if (i === 0) continue;
    // A swap across the border of two pieces spoils both; swapped back, it spoils neither.
    const swapFrom = Math.max(0, from - 2);
    const swapped = `${query.slice(swapFrom, from - 1)}${query.charAt(from)}${query.charAt(from - 1)}${query.slice(from + 1, from + 2)}`;
    pieces.push({ text: swapped, from: swapFrom });
  }
  return pieces;
}

function nearestFrom({ units, text, at }: Spelling, start: number, query: string, allowed: number): NearMatch | null {
  const first = units[start];
  if (!first?.opensWord || first.gap !== 'none') return null;
  let best: NearMatch | null = null;
  let older: number[] = [];
  let row = Array.from({ length: query.length + 1 }, (_, i) => i);
  const from = at[start] ?? 0;
  for (let end = start; end < units.length; end++) {
    const until = at[end + 1] ?? text.length;
    for (let letter = at[end] ?? 0; letter < until; letter++) {
      const next = nextRow(query, text.charAt(letter), letter > from ? text.charAt(letter - 1) : '', row, older);
      older = row;
      row = next;
    }
    const distance = row[query.length] ?? Infinity;
    const limit: number = best ? best.slips - 1 : allowed;
    if (distance <= limit && units[end]?.gap === 'none' && (units[end + 1]?.opensWord ?? true))
      best = { start, end: end + 1, slips: distance };
    if (Math.min(...row) > limit) break;
  }
  return best;
}

/** One row of the edit distance in which a swap of neighbours counts once. */
function nextRow(query: string, letter: string, letterBefore: string, row: readonly number[], older: readonly number[]): number[] {
  const next = [(row[0] ?? 0) + 1];
  for (let i = 1; i <= query.length; i++) {
    const same = query[i - 1] === letter;
    let cost = Math.min((row[i - 1] ?? 0) + (same ? 0 : 1), (row[i] ?? 0) + 1, (next[i - 1] ?? 0) + 1);
    if (!same && i > 1 && older.length > 0 && query[i - 2] === letter && query[i - 1] === letterBefore)
      cost = Math.min(cost, (older[i - 2] ?? 0) + 1);
    next.push(cost);
  }
  return next;
}
