/** A text with marks: each run is what stands before a mark, and what is marked; then what follows the last. */
export type MarkedRuns = { runs: { plain: string; marked: string }[]; rest: string };

export function runsByRange(text: string, ranges: readonly (readonly [number, number])[]): MarkedRuns {
  const runs: MarkedRuns['runs'] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    if (to <= from) continue;
    runs.push({ plain: text.slice(at, from), marked: text.slice(from, to) });
    at = to;
  }
  return { runs, rest: text.slice(at) };
}

/** A text with every occurrence of some words marked. */
export function runsByWords(text: string, words: string | null): MarkedRuns {
  const ranges: [number, number][] = [];
  if (words) for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) ranges.push([at, at + words.length]);
  return runsByRange(text, ranges);
}
