import type { Via } from './searchable-script.ts';
import type { Unit } from './title-units.ts';

export type Span = { start: number; end: number };

/** What to mark in a script besides the span: one object for all scripts that were found in the same way. */
export type Marks = {
  /** Words to mark in the title, wherever they stand. */
  titleWords: readonly string[];
  /** The words to look for in the body, best first, before those of the span; one is marked. */
  bodyWords: readonly string[];
};

/** How a script was found, before its ranges are drawn. */
export type Found = {
  score: number;
  via: Via;
  /** Which of the title's units to mark. */
  span: Span | null;
  marks: Marks;
};

/** The best way in which each script was found so far. */
export type Findings = {
  /** Every script that was found, once. */
  at: readonly number[];
  /** Of several ways in which a script is found, the one of the highest score stays. `start` to `end` are the title's units to mark, if any. */
  keep: (at: number, score: number, via: Via, marks: Marks, start?: number, end?: number) => void;
  scoreOf: (at: number) => number;
  of: (at: number) => Found;
  clear: () => void;
};

const noMarks: Marks = { titleWords: [], bodyWords: [] };

/** In columns: a letter finds thousands of scripts, and what an object for each leaves behind is swept up in the middle of a later key. */
export function createFindings(scripts: number): Findings {
  const found: number[] = [];
  const scores = new Float64Array(scripts).fill(-Infinity);
  const vias = Array.from({ length: scripts }, (): Via => 'title');
  const starts = new Int32Array(scripts);
  const ends = new Int32Array(scripts);
  const marked = Array.from({ length: scripts }, () => noMarks);
  const scoreOf = (at: number): number => scores[at] ?? -Infinity;
  return {
    at: found,
    keep(at, score, via, marks, start = -1, end = -1) {
      const known = scoreOf(at);
      if (score <= known) return;
      if (known === -Infinity) found.push(at);
      scores[at] = score;
      vias[at] = via;
      marked[at] = marks;
      starts[at] = start;
      ends[at] = end;
    },
    scoreOf,
    of(at) {
      const start = starts[at] ?? -1;
      const span = start < 0 ? null : { start, end: ends[at] ?? start };
      return { score: scoreOf(at), via: vias[at] ?? 'title', span, marks: marked[at] ?? noMarks };
    },
    clear() {
      scores.fill(-Infinity);
      found.length = 0;
    },
  };
}

/** What stands in a span, folded, without its spaces. */
export function textOf(units: readonly Unit[], start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) {
    const unit = units[at];
    if (unit && unit.gap !== 'space') text += unit.text;
  }
  return text;
}

/** Whether a text holds a word. A latin word counts from its first letter on: `an` is not in `plan`. */
export function holds(text: string, word: string, latin: boolean): boolean {
  let at = text.indexOf(word);
  if (!latin) return at >= 0;
  while (at >= 0) {
    if (at === 0 || !/[a-z0-9]/.test(text.charAt(at - 1))) return true;
    at = text.indexOf(word, at + 1);
  }
  return false;
}
