/** A wait that somebody feels, against the limit we set ourselves: the ratio is its 95th percentile to the limit. */
import { type Estimate, percentile, seededRandom } from './ratio.ts';
import type { Outcome } from './results.ts';

/** `rounds`: milliseconds, as they were measured together. Whole rounds are drawn again for the interval: what a round met, all its waits met. */
export function estimateP95(rounds: readonly (readonly number[])[], limitMs: number, options: { resamples?: number } = {}): Estimate {
  if (rounds.length === 0 || rounds.some((round) => round.length === 0 || !round.every((ms) => Number.isFinite(ms) && ms >= 0)))
    throw new Error('a wait needs a measurement in every round');
  const p95 = (drawn: readonly (readonly number[])[]) => percentile(Float64Array.from(drawn.flat()).sort(), 0.95) / limitMs;
  const random = seededRandom(1);
  const drawn = Array.from({ length: options.resamples ?? 2_000 }, () =>
    p95(rounds.map(() => rounds[Math.floor(random() * rounds.length)] ?? [])),
  ).toSorted((a, b) => a - b);
  return { ratio: p95(rounds), ci: [percentile(drawn, 0.025), percentile(drawn, 0.975)] };
}

const rounded = (value: number) => Number(value.toPrecision(4));

/** An interval on both sides of the limit decides nothing. How wide it is otherwise does not matter: no ratio of two arms is claimed. */
export function withinLimit(rounds: readonly (readonly number[])[], limitMs: number, detail: Record<string, unknown>): Outcome {
  const { ratio, ci } = estimateP95(rounds, limitMs);
  return {
    ratio: rounded(ratio),
    ci: [rounded(ci[0]), rounded(ci[1])],
    target: 1,
    detail: {
      bound: 'at most',
      verdict: ci[1] <= 1 ? 'met' : ci[0] > 1 ? 'missed' : 'failed measurement',
      limitMs,
      ...spreadOf(rounds.flat()),
      ...detail,
    },
  };
}

/** What the waits were, in milliseconds. */
export function spreadOf(waits: readonly number[]): { waits: number; p50Ms: number; p95Ms: number; slowestMs: number } {
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number) => Number(percentile(sorted, share).toFixed(1));
  return { waits: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), slowestMs: at(1) };
}
