import { randomId } from '../issued.ts';
import type { Simulator } from '../simulator.ts';
import type { Tag, TagGroup, World } from './world.ts';

/** The group of that name is made when it is missing; names that are there already are kept as they are. */
export function addTags(
  sim: Simulator,
  wanted: { groupName: string; groupOrder: number; tags: readonly { name: string; order: number }[]; byApp: boolean },
): { group: TagGroup; tags: Tag[]; groupIsNew: boolean } {
  const { world } = sim;
  const now = sim.clock.now();
  const existing = world.tagGroups.find((group) => group.name === wanted.groupName);
  const group: TagGroup = existing ?? {
    groupId: tagId(),
    name: wanted.groupName,
    createdAt: now,
    order: wanted.groupOrder,
    byApp: wanted.byApp,
    tags: [],
  };
  const fresh = new Map(wanted.tags.map((tag) => [tag.name, tag]));
  const tags = [...fresh.values()]
    .filter((tag) => !group.tags.some((known) => known.name === tag.name))
    .map((tag) => ({ tagId: tagId(), name: tag.name, createdAt: now, order: tag.order, byApp: wanted.byApp }));
  group.tags.push(...tags);
  if (!existing) world.tagGroups.push(group);
  return { group, tags, groupIsNew: !existing };
}

/** A tag, or a group (`tag` null), by id. */
export function findTag(world: World, id: string): { group: TagGroup; tag: Tag | null } | null {
  for (const group of world.tagGroups) {
    if (group.groupId === id) return { group, tag: null };
    const tag = group.tags.find((one) => one.tagId === id);
    if (tag) return { group, tag };
  }
  return null;
}

/** Takes tags and groups away, also from everybody who carries them. A group without tags does not exist. */
export function deleteTags(world: World, ids: readonly string[]): void {
  const gone = new Set(ids);
  for (const group of world.tagGroups) group.tags = group.tags.filter((tag) => !gone.has(tag.tagId) && !gone.has(group.groupId));
  world.tagGroups = world.tagGroups.filter((group) => group.tags.length > 0);
  const left = new Set(world.tagGroups.flatMap((group) => group.tags).map((tag) => tag.tagId));
  for (const follow of world.follows.values()) follow.tagIds = follow.tagIds.filter((id) => left.has(id));
}

export function tagCount(world: World): number {
  return world.tagGroups.reduce((count, group) => count + group.tags.length, 0);
}

function tagId(): string {
  return `etSH${randomId(24)
    .replaceAll(/[^A-Za-z0-9]/g, '0')
    .slice(0, 28)}`;
}
