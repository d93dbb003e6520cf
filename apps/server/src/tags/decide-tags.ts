import type { KnownTag } from './tag-catalogue.ts';

export type TagChoice = { add: readonly string[]; remove: readonly string[] };
export type TagDecision = {
  tagIds: string[];
  /** What really changes: what WeCom must be told. */
  added: string[];
  removed: string[];
};

/**
 * Tags after a change, in their order, new ones last. Choosing one of a single-choice group drops the group's others; of several chosen at once
 * the last one stays. WeCom knows no such rule, so the drop is told to it as a removal.
 */
export function decideTags(current: readonly string[], choice: TagChoice, tags: ReadonlyMap<string, KnownTag>): TagDecision {
  const stays = new Map<string, string>();
  for (const tagId of choice.add) {
    const tag = tags.get(tagId);
    if (tag?.singleChoice) stays.set(tag.groupId, tagId);
  }
  const isCrowdedOut = (tagId: string) => {
    const kept = stays.get(tags.get(tagId)?.groupId ?? '');
    return kept !== undefined && kept !== tagId;
  };
  const wanted = new Set([...current.filter((tagId) => !choice.remove.includes(tagId)), ...choice.add]);
  const tagIds = [...wanted].filter((tagId) => !isCrowdedOut(tagId));
  return {
    tagIds,
    added: tagIds.filter((tagId) => !current.includes(tagId)),
    removed: current.filter((tagId) => !tagIds.includes(tagId)),
  };
}
