import type { WeComError } from '@nextline/wecom';
import { dayMs, hourMs } from '../corp-time.ts';

/** WeCom forgets a file after three days. */
export const livesMs = 3 * dayMs;

/** One that dies within the hour could die between the tap and the last part. */
export const neededMs = hourMs;

/** What scripts use is uploaded anew after 60 hours: half a day for whoever must repair something first. */
export const renewedBeforeMs = 12 * hourMs;

/** No file is brought twice within this time: when the clocks are so far apart that a new upload looks dead at once, it is used all the same. */
export const notAgainWithinMs = hourMs;

/** How long a file that WeCom did not take is left alone: a minute, doubled each time up to an hour, never less than WeCom asked for. */
export function pauseAfterFailure(attempts: number, error: Pick<WeComError, 'retryAfterMs'> | null): number {
  return Math.max(error?.retryAfterMs ?? 0, Math.min(60_000 * 2 ** Math.min(attempts - 1, 10), hourMs));
}

/** Whether the next file would fare no better: WeCom is away, over its limits or wrongly set up. Otherwise the file itself is refused. */
export const concernsAllFiles = ({ kind }: Pick<WeComError, 'kind'>): boolean =>
  kind !== 'caller' && kind !== 'business' && kind !== 'unknown';
