import { createHash } from 'node:crypto';
import { dayOf, instantOf } from '../corp-time.ts';

const firstMinute = 30;
const spreadMinutes = 90;

/** Corps that share a machine do not all begin in the same minute. */
const minuteOfCorp = (corpId: string) => firstMinute + (createHash('sha256').update(corpId).digest().readUInt16BE(0) % spreadMinutes);

/** When the reconciliation of a day begins: between 03:30 and 05:00 by the corp's clocks, each night at the same minute. */
export function reconciliationTime(day: number, timeZone: string, corpId: string): Date {
  return new Date(instantOf(day, 3, timeZone).getTime() + minuteOfCorp(corpId) * 60_000);
}

/** The next one after `now`. */
export function nextReconciliation(now: Date, timeZone: string, corpId: string): Date {
  const today = dayOf(now, timeZone);
  const todays = reconciliationTime(today, timeZone, corpId);
  return todays > now ? todays : reconciliationTime(today + 1, timeZone, corpId);
}

/**
 * Whether the latest moment to reconcile has passed without a run. A night on which nothing was running is made up for as soon as something
 * is: callbacks were lost then, too. `lastStartedAt`: of the last finished run of either kind, null before the first full sync.
 */
export function isReconciliationDue(at: { lastStartedAt: Date | null; now: Date; timeZone: string; corpId: string }): boolean {
  if (at.lastStartedAt === null) return false;
  const today = dayOf(at.now, at.timeZone);
  const todays = reconciliationTime(today, at.timeZone, at.corpId);
  const latest = todays <= at.now ? todays : reconciliationTime(today - 1, at.timeZone, at.corpId);
  return at.lastStartedAt < latest;
}
