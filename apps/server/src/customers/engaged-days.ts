import { dayMs } from '../corp-time.ts';

/** First and last day in UTC, from 1970. */
export type Days = { from: number; until: number };

const bits = 16;
export const dayAt = (at: Date): number => Math.max(0, Math.floor(at.getTime() / dayMs));

/**
 * A span of days as what their numbers begin with, written in 16 binary digits: 8 to 11 is what begins with `00000000000010`. Of spans that would take more than `most`, somewhat
 * longer ones.
 */
export function beginningsOf({ from, until }: Days, most: number): string[] {
  for (let step = 1; ; step *= 2) {
    const found: string[] = [];
    const end = Math.min(2 ** bits, (Math.floor(until / step) + 1) * step);
    for (let at = Math.floor(from / step) * step, size = step; at < end; at += size) {
      size = step;
      while (at % (size * 2) === 0 && at + size * 2 <= end) size *= 2;
      found.push(
        (at / size)
          .toString(2)
          .padStart(bits - Math.log2(size), '0')
          .slice(0, bits - Math.log2(size)),
      );
    }
    if (found.length <= most || step === 2 ** bits) return found;
  }
}
