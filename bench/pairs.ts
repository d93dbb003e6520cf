import { estimateRatio, type Pair, spread, widestSpread } from './ratio.ts';

type Arm<T> = () => Promise<T>;

/**
 * Measures two arms in turn, ABBA, so that a machine that gets slower favours neither. Goes on, up to `most` pairs, while the interval of
 * `ratioOf` is wider than allowed: stopping looks at the width alone, never at the ratio.
 */
export async function measurePairs<A, B>(options: {
  least: number;
  most: number;
  candidate: Arm<A>;
  reference: Arm<B>;
  ratioOf(candidate: A, reference: B): Pair;
  onRound(pairs: number, pair: Pair): void;
}): Promise<{ candidate: A; reference: B }[]> {
  const { least, most, candidate, reference, ratioOf, onRound } = options;
  const measured: { candidate: A; reference: B }[] = [];
  const unsure = () => spread(estimateRatio(measured.map((round) => ratioOf(round.candidate, round.reference)))) > widestSpread;
  while (measured.length < least || (measured.length < most && unsure())) {
    if (measured.length % 2 === 0) measured.push({ candidate: await candidate(), reference: await reference() });
    else {
      const second = await reference();
      measured.push({ candidate: await candidate(), reference: second });
    }
    const last = measured.at(-1);
    if (last) onRound(measured.length, ratioOf(last.candidate, last.reference));
  }
  return measured;
}
