import type { Part } from '@nextline/contract';

/** What became of one part between two contents. Positions count from 0; null where it does not exist. */
export type PartPair = { from: number | null; to: number | null; before: Part | null; after: Part | null };

const same = (left: Part, right: Part) => JSON.stringify(left) === JSON.stringify(right);

/**
 * Finds for each part of the newer content the one it came from: first the equal ones wherever they stand now, then, of those left over, the
 * ones of the same kind in their order. In the newer content's order; parts that are gone stand behind the one they followed.
 */
export function alignParts(before: readonly Part[], after: readonly Part[]): PartPair[] {
  const origin = new Map<number, number>();
  const taken = new Set<number>();
  const match = (fits: (left: Part, right: Part, from: number, to: number) => boolean) => {
    for (const [to, right] of after.entries()) {
      if (origin.has(to)) continue;
      const from = before.findIndex((left, at) => !taken.has(at) && fits(left, right, at, to));
      if (from < 0) continue;
      origin.set(to, from);
      taken.add(from);
    }
  };
  match((left, right, from, to) => from === to && same(left, right));
  match(same);
  match((left, right, from, to) => from === to && left.kind === right.kind);
  match((left, right) => left.kind === right.kind);

  const pairs = after.map((right, to): PartPair => {
    const from = origin.get(to) ?? null;
    return { from, to, before: from === null ? null : (before[from] ?? null), after: right };
  });
  for (const [from, left] of before.entries()) {
    if (taken.has(from)) continue;
    const behind = pairs.findLastIndex((pair) => pair.from !== null && pair.from < from);
    pairs.splice(behind + 1, 0, { from, to: null, before: left, after: null });
  }
  return pairs;
}

/** Which of the pairs stand elsewhere than the parts around them: those not on the longest run that kept its order. */
export function movedParts(pairs: readonly PartPair[]): Set<PartPair> {
  const kept = pairs.filter((pair) => pair.from !== null && pair.to !== null);
  const longest = kept.map(() => 1);
  const previous = kept.map(() => -1);
  let best = -1;
  for (const [index, pair] of kept.entries()) {
    for (let earlier = 0; earlier < index; earlier += 1)
      if ((kept[earlier]?.from ?? 0) < (pair.from ?? 0) && (longest[earlier] ?? 0) + 1 > (longest[index] ?? 0)) {
        longest[index] = (longest[earlier] ?? 0) + 1;
        previous[index] = earlier;
      }
    if (best < 0 || (longest[index] ?? 0) > (longest[best] ?? 0)) best = index;
  }
  const inOrder = new Set<PartPair>();
  for (let at = best; at >= 0; at = previous[at] ?? -1) {
    const pair = kept[at];
    if (pair) inOrder.add(pair);
  }
  return new Set(kept.filter((pair) => !inOrder.has(pair)));
}
