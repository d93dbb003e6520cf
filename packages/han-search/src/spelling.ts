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
