import type { KnownTag } from './tag-catalogue.ts';

export type TagChoice = { add: readonly string[]; remove: readonly string[] };
export type TagDecision = {
  tagIds: string[];
  /** What really changes: what WeCom must be told. */
  added: string[];
  removed: string[];
};

/** Which tags go because another of their single-choice group is chosen: of several chosen at once the last one stays. */
function crowdedOut({ add }: TagChoice, tags: ReadonlyMap<string, KnownTag>): (tagId: string) => boolean {
  const stays = new Map<string, string>();
  for (const tagId of add) {
    const tag = tags.get(tagId);
    if (tag?.singleChoice) stays.set(tag.groupId, tagId);
  }
  return (tagId) => {
    const kept = stays.get(tags.get(tagId)?.groupId ?? '');
    return kept !== undefined && kept !== tagId;
  };
}

/** The choice with all that it means for whomever it meets, so that it can be asked of many at once: the others of a single-choice group are taken off. */
export function wholeChoice(choice: TagChoice, tags: ReadonlyMap<string, KnownTag>): TagChoice {
  const isCrowdedOut = crowdedOut(choice, tags);
  return {
    add: choice.add.filter((tagId) => !isCrowdedOut(tagId)),
    remove: [...new Set([...choice.remove, ...[...tags.keys()].filter(isCrowdedOut)])],
  };
}

/**
 * Tags after a change, in their order, new ones last. Choosing one of a single-choice group drops the group's others. WeCom knows no such rule, so the
 * drop is told to it as a removal.
 */
export function decideTags(current: readonly string[], choice: TagChoice, tags: ReadonlyMap<string, KnownTag>): TagDecision {
  const isCrowdedOut = crowdedOut(choice, tags);
  const wanted = new Set([...current.filter((tagId) => !choice.remove.includes(tagId)), ...choice.add]);
  const tagIds = [...wanted].filter((tagId) => !isCrowdedOut(tagId));
  return {
    tagIds,
    added: tagIds.filter((tagId) => !current.includes(tagId)),
    removed: current.filter((tagId) => !tagIds.includes(tagId)),
  };
}
