import type { Unit } from './title-units.ts';

/** Units, and how they are typed in latin letters one after the other; `at[i]` is where unit `i` begins in `text`. */
export type Spelling = { units: readonly Unit[]; text: string; at: readonly number[] };

export function spell(units: readonly Unit[]): Spelling {
  const at: number[] = [];
  let text = '';
  for (const unit of units) {
    at.push(text.length);
    if (unit.gap === 'none') text += unit.syllables[0] ?? unit.text;
  }
  return { units, text, at };
}

/** The characters a match may begin with, each once. */
export function openingsOf(units: readonly Unit[]): Set<string> {
  const openings = new Set<string>();
  for (const unit of units) {
    if (!unit.opensWord || unit.gap !== 'none') continue;
    openings.add(unit.text.charAt(0));
    for (const syllable of unit.syllables) openings.add(syllable.charAt(0));
  }
  return openings;
}
