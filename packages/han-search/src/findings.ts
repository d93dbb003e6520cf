import type { Via } from './searchable-script.ts';
import type { Unit } from './title-units.ts';

export type Span = { start: number; end: number };

/** A script that was found, before its ranges are drawn. */
export type Found = {
  at: number;
  score: number;
  via: Via;
  /** Which of the title's units to mark. */
  span: Span | null;
  /** Words to mark in the title besides, wherever they stand. */
  titleWords: readonly string[];
  /** The words to look for in the body, best first, before those of the span; one is marked. */
  bodyWords: readonly string[];
};

/** The best way in which each script was found so far. */
export type Findings = Map<number, Found>;

export function keep(findings: Findings, found: Found): void {
  const known = findings.get(found.at);
  if (!known || found.score > known.score) findings.set(found.at, found);
}

/** What stands in a span, folded, without its spaces. */
export function textOf(units: readonly Unit[], { start, end }: Span): string {
  let text = '';
  for (const unit of units.slice(start, end)) if (unit.gap !== 'space') text += unit.text;
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
