import type { WeComErrorKind } from '@nextline/wecom';

export type AfterFailure = { retryInMs: number } | { dead: true };

/** Half a second, doubled each time. */
const backOff = (attempts: number, longestMs: number) => Math.min(500 * 2 ** (attempts - 1), longestMs);

/**
 * What becomes of an event that could not be applied. `kind` null: not WeCom's fault but ours. `attempts` includes the one that failed;
 * before `retryAfterMs` WeCom is not asked.
 * WeCom being away, blocked or wrongly set up is survived for more than a day; everything else gives up within a few minutes.
 */
export function afterFailure(kind: WeComErrorKind | null, attempts: number, retryAfterMs: number | null = null): AfterFailure {
  const patient =
    kind === 'transient' || kind === 'rate' || kind === 'concurrency' || kind === 'later' || kind === 'token' || kind === 'config';
  if (patient) return attempts < 200 ? { retryInMs: Math.max(retryAfterMs ?? 0, backOff(attempts, 600_000)) } : { dead: true };
  return attempts < 9 ? { retryInMs: backOff(attempts, 60_000) } : { dead: true };
}
