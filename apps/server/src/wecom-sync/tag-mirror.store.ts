import { and, isNull, notInArray, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { tagGroups, tags } from '../tags/tags.table.ts';

export type MirroredGroup = { groupId: string; name: string; position: number };
export type MirroredTag = { tagId: string; groupId: string; name: string; pinyin: string; position: number };

/** The corp's tags as WeCom lists them now. A tag that is gone is marked, not removed: customers' histories name it. */
export async function replaceTags(
  db: Queryable,
  corpId: string,
  answer: { groups: MirroredGroup[]; tags: MirroredTag[] },
  now: Date,
): Promise<void> {
  if (answer.groups.length > 0)
    await db
      .insert(tagGroups)
      .values(answer.groups.map((group) => ({ corpId, ...group, syncedAt: now })))
      .onConflictDoUpdate({
        target: [tagGroups.corpId, tagGroups.groupId],
        set: { name: sql`excluded.name`, position: sql`excluded.position`, syncedAt: now },
      });
  for (let from = 0; from < answer.tags.length; from += 1000)
    await db
      .insert(tags)
      .values(answer.tags.slice(from, from + 1000).map((tag) => ({ corpId, ...tag, syncedAt: now })))
      .onConflictDoUpdate({
        target: [tags.corpId, tags.tagId],
        set: {
          groupId: sql`excluded.group_id`,
          name: sql`excluded.name`,
          pinyin: sql`excluded.pinyin`,
          position: sql`excluded.position`,
          deletedAt: null,
          syncedAt: now,
        },
      });
  const listed = answer.tags.map((tag) => tag.tagId);
  const gone = listed.length === 0 ? isNull(tags.deletedAt) : and(isNull(tags.deletedAt), notInArray(tags.tagId, listed));
  await db.update(tags).set({ deletedAt: now }).where(gone);
}
