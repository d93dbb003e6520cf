import { setTimeout as pause } from 'node:timers/promises';
import { arrivals } from '../bench/open-loop.ts';
import { percentile } from '../bench/ratio.ts';
import type { Chance } from './seeded.ts';

/** `ok`: what was asked for was done. `refused`: a 503 with Retry-After, nothing was done. `failed`: everything else. */
export type Outcome = 'ok' | 'refused' | 'failed';

export type Stream = { name: string; perSecond: number; ask(n: number): Promise<Outcome> };

export type StreamReport = { asked: number; ok: number; refused: number; failed: number; p50: number; p99: number; max: number };

/**
 * Requests come when they come, whether the server has answered the last or not, and latency counts from the moment of coming. Resolves when
 * everything was answered.
 */
export async function openLoad(streams: Stream[], seconds: number, chance: Chance): Promise<Record<string, StreamReport>> {
  const reports = await Promise.all(
    streams.map(async ({ name, perSecond, ask }) => {
      const times = arrivals(perSecond, seconds, chance.below(2 ** 31));
      const latencies: number[] = [];
      const counts = { ok: 0, refused: 0, failed: 0 };
      const began = performance.now();
      const underway: Promise<void>[] = [];
      const answer = async (n: number, at: number): Promise<void> => {
        counts[await ask(n).catch(() => 'failed' as const)] += 1;
        latencies.push(performance.now() - began - at);
      };
      for (const [n, at] of times.entries()) {
        const wait = at - (performance.now() - began);
        if (wait > 1) await pause(wait);
        underway.push(answer(n, at));
      }
      await Promise.all(underway);
      const sorted = latencies.toSorted((a, b) => a - b);
      const [p50, p99] = [percentile(sorted, 0.5), percentile(sorted, 0.99)].map((ms) => Math.round(ms * 10) / 10);
      return [name, { asked: times.length, ...counts, p50: p50 ?? 0, p99: p99 ?? 0, max: Math.round(sorted.at(-1) ?? 0) }] as const;
    }),
  );
  return Object.fromEntries(reports);
}
