/**
 * Whether a relation is over after WeCom said that it ended. `present`: the relation as WeCom reports it now, null when it reports none.
 * WeCom goes on listing a relation that the customer has ended, so being listed proves nothing; having begun after the end does.
 */
export function isOverAfterEnd(endedAt: Date, present: { followedAt: Date | null } | null): boolean {
  return present === null || present.followedAt === null || present.followedAt.getTime() <= endedAt.getTime();
}
