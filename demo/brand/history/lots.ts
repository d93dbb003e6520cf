import { createHash } from 'node:crypto';

/** 0 ≤ n < 1, the same for the same words on every machine. Asking for one thing more moves nothing else. */
export function lot(...words: readonly (string | number)[]): number {
  return createHash('sha256').update(words.join('\n')).digest().readUIntBE(0, 6) / 2 ** 48;
}

/** low ≤ n ≤ high, whole. */
export const between = (drawn: number, low: number, high: number): number => low + Math.floor(drawn * (high - low + 1));

export function pick<Item>(drawn: number, from: readonly Item[]): Item {
  const picked = from[Math.floor(drawn * from.length)];
  if (picked === undefined) throw new RangeError('nothing to pick from');
  return picked;
}

/** Some things are said more often than others. */
export function pickWeighted<Item extends { weight: number }>(drawn: number, from: readonly Item[]): Item {
  let rest = drawn * from.reduce((sum, { weight }) => sum + weight, 0);
  for (const item of from) {
    rest -= item.weight;
    if (rest < 0) return item;
  }
  throw new RangeError('nothing to pick from');
}

/** An id that follows from what it names. */
export function uuidFor(...words: readonly (string | number)[]): string {
  const hex = createHash('sha256').update(words.join('\n')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
