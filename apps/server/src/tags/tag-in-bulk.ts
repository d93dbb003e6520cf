import type { Queryable } from '../database.ts';
import { oweTagChange } from '../wecom-sync/outbox.ts';
import { setTagsOfFollow } from './tags.store.ts';

export type FollowTags = { staffUserId: string; tagIds: readonly string[]; pendingTagIds: readonly string[] };

/** Sets the tags of one customer's relations, whose rows are locked, and owes WeCom each change: its budget decides when it gets there. */
export async function setFollowTags(
  tx: Queryable,
  options: {
    corpId: string;
    externalUserId: string;
    follows: readonly FollowTags[];
    steps: readonly { staffUserId: string; tagIds: string[]; added: string[]; removed: string[] }[];
    now: Date;
  },
): Promise<void> {
  const { corpId, externalUserId, follows, steps, now } = options;
  for (const { staffUserId, tagIds, added, removed } of steps) {
    const pending = follows.find((follow) => follow.staffUserId === staffUserId)?.pendingTagIds ?? [];
    await setTagsOfFollow(tx, externalUserId, staffUserId, { tagIds, pendingTagIds: [...new Set([...pending, ...added, ...removed])] });
    await oweTagChange(tx, { corpId, externalUserId, staffUserId, add: added, remove: removed, now });
  }
}
