import { sql } from 'drizzle-orm';
import { startStopwatch } from './stopwatch.ts';

/**
 * How rows of work (callbacks, owed writes) are shared out among workers. A table of such rows has `fence` (integer, 0) and
 * `next_attempt_at`. Taking one raises its fence and puts the next attempt to `claimedUntil`; settling or putting it off happens
 * `WHERE fence = <the one that was taken>`, so a worker that comes back after another has taken the row changes nothing. `fence` never goes
 * back, not even when a dead row is put in line again (`attempts` may).
 */
export const claimMs = 60_000;

/** By the database's clock. */
export const claimedUntil = sql.raw(`clock_timestamp() + interval '${claimMs} milliseconds'`);

/** What a single try of a call may take at most. */
const callMs = 10_000;

/**
 * Started before the rows are asked for. `mayBegin`: whether a write to WeCom, begun now, ends before somebody else may take the row; no
 * database can refuse that write to a worker that slept, so the worker asks itself, right before it sends.
 */
export function startClaim(): { mayBegin(): boolean } {
  const claimed = startStopwatch();
  return { mayBegin: () => claimed.elapsedMs() < claimMs - callMs };
}
