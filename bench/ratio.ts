/**
 * What a pair of arms says about a ratio. Pairs are measured side by side (one round, one machine, minutes apart at most), so what the machine
 * does to one arm it does to the other; the ratio of each pair is taken first and the median over the pairs second.
 */

export type Pair = { candidate: number; reference: number };

export type Estimate = {
  ratio: number;
  /** 95 %, percentile bootstrap of the median. */
  ci: [number, number];
};

export type Bound = 'at least' | 'at most';

/** Mulberry32: 32 bits of state are plenty for resampling, and the same seed gives the same interval on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('no median of nothing');
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The value below which a share of the sorted values lies; nearest rank, so it is one that was really measured. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const rank = Math.min(sorted.length, Math.max(1, Math.ceil(share * sorted.length)));
  return sorted[rank - 1] ?? Number.NaN;
}

/** The median ratio candidate : reference over all pairs, with its interval. */
export function estimateRatio(pairs: readonly Pair[], options: { seed?: number; resamples?: number } = {}): Estimate {
  const ratios = pairs.map(({ candidate, reference }) => candidate / reference);
  if (ratios.some((ratio) => !Number.isFinite(ratio) || ratio <= 0))
    throw new Error('a ratio needs two positive measurements in every pair');
  const random = seededRandom(options.seed ?? 1);
  const resamples = options.resamples ?? 10_000;
  const medians = new Float64Array(resamples);
  for (let n = 0; n < resamples; n += 1) medians[n] = median(ratios.map(() => ratios[Math.floor(random() * ratios.length)] ?? Number.NaN));
  medians.sort();
  return { ratio: median(ratios), ci: [percentile(medians, 0.025), percentile(medians, 0.975)] };
}

/** How far the interval reaches from the ratio, as a share of it, on its longer side. */
export function spread({ ratio, ci }: Estimate): number {
  return Math.max(ci[1] - ratio, ratio - ci[0]) / ratio;
}

/** An interval wider than ±5 % is a failed measurement, whatever the ratio in its middle says. */
export const widestSpread = 0.05;

export type Verdict = 'met' | 'missed' | 'failed measurement';

export function judge(estimate: Estimate, target: number, bound: Bound): Verdict {
  if (spread(estimate) > widestSpread) return 'failed measurement';
  return (bound === 'at least' ? estimate.ratio >= target : estimate.ratio <= target) ? 'met' : 'missed';
}
