import type { BulkChange } from '@nextline/contract';
import { decideTags } from '../tags/decide-tags.ts';
import type { KnownTag } from '../tags/tag-catalogue.ts';
import type { BulkEffect } from './bulk-changes.table.ts';

type Tagged = { staffUserId: string; tagIds: readonly string[] };
export type TagStep = { staffUserId: string; tagIds: string[]; added: string[]; removed: string[] };

/** What a change of tags does to each relation; those that are so already are left out. */
export function tagSteps(
  follows: readonly Tagged[],
  change: Extract<BulkChange, { kind: 'tags' }>,
  tags: ReadonlyMap<string, KnownTag>,
): TagStep[] {
  return follows
    .map(({ staffUserId, tagIds }) => ({ staffUserId, ...decideTags(tagIds, change, tags) }))
    .filter(({ added, removed }) => added.length + removed.length > 0);
}

/**
 * What taking the change back does to each relation. A tag that we gave and somebody has taken away since is gone already; one that we took and somebody has given
 * again stays: what was changed since is theirs.
 */
export function tagStepsBack(
  follows: readonly Tagged[],
  effect: Extract<BulkEffect, { kind: 'tags' }>,
  tags: ReadonlyMap<string, KnownTag>,
): TagStep[] {
  return effect.follows.flatMap((done) => {
    const now = follows.find((follow) => follow.staffUserId === done.staffUserId);
    if (now === undefined) return [];
    const remove = done.added.filter((tagId) => now.tagIds.includes(tagId));
    const kept = new Set(now.tagIds.filter((tagId) => !remove.includes(tagId)));
    const groups = new Set([...kept].flatMap((tagId) => (tags.get(tagId)?.singleChoice ? (tags.get(tagId)?.groupId ?? []) : [])));
    // Into a group of which there can be one, only where nobody has chosen another since.
    const add = done.removed.filter((tagId) => tags.has(tagId) && !kept.has(tagId) && !groups.has(tags.get(tagId)?.groupId ?? ''));
    if (remove.length + add.length === 0) return [];
    return [{ staffUserId: done.staffUserId, tagIds: [...kept, ...add], added: add, removed: remove }];
  });
}
