export type Run = { text: string; marked: boolean };

/** A text cut where its marks begin and end. */
export function runsByRange(text: string, ranges: readonly (readonly [number, number])[]): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    if (from > at) runs.push({ text: text.slice(at, from), marked: false });
    if (to > from) runs.push({ text: text.slice(from, to), marked: true });
    at = to;
  }
  if (at < text.length) runs.push({ text: text.slice(at), marked: false });
  return runs;
}

/** A text cut around every occurrence of some words. */
export function runsByWords(text: string, words: string | null): Run[] {
  if (!words) return [{ text, marked: false }];
  const ranges: [number, number][] = [];
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) ranges.push([at, at + words.length]);
  return runsByRange(text, ranges);
}
