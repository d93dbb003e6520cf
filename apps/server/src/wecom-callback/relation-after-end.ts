/**
 * Whether a relation is over after WeCom said that it ended. `present`: the relation as WeCom reports it now, null when it reports none.
 * WeCom goes on listing a relation that the customer has ended, so being listed proves nothing; having begun after the end does.
 */
export function isOverAfterEnd(endedAt: Date, present: { followedAt: Date | null } | null): boolean {
  return present === null || present.followedAt === null || present.followedAt.getTime() <= endedAt.getTime();
}

/** WeCom tells an event seconds before the relation can be read, not longer. */
const lagMs = 60_000;
const triesBeforeGone = 7;

/** Whether a relation that was announced and that WeCom does not know may yet appear. Tries count for a clock that is off. */
export function mayStillCome({ occurredAt, now, attempts }: { occurredAt: Date | null; now: Date; attempts: number }): boolean {
  if (attempts >= triesBeforeGone) return false;
  return occurredAt === null || now.getTime() - occurredAt.getTime() < lagMs;
}
