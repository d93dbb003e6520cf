import { and, isNull, notInArray, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { tagGroups, tags } from '../tags/tags.table.ts';
import { isNews, notSeenAfter } from './as-of.ts';

export type MirroredGroup = { groupId: string; name: string; position: number };
export type MirroredTag = { tagId: string; groupId: string; name: string; pinyin: string; position: number };

/** Each once: what an answer names twice, no statement could write. */
const byId = <Row>(rows: readonly Row[], idOf: (row: Row) => string): Row[] =>
  [...new Map(rows.map((row) => [idOf(row), row])).values()].toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));

/**
 * The corp's tags as WeCom listed them at `asOf`. A tag that is gone is marked, not removed: customers' histories name it. In the order of their ids, so
 * that two who write them do not wait for each other in a circle.
 */
export async function replaceTags(
  db: Queryable,
  corpId: string,
  answer: { groups: MirroredGroup[]; tags: MirroredTag[] },
  asOf: Date,
): Promise<void> {
  const groups = byId(answer.groups, ({ groupId }) => groupId);
  const listed = byId(answer.tags, ({ tagId }) => tagId);
  if (groups.length > 0)
    await db
      .insert(tagGroups)
      .values(groups.map((group) => ({ corpId, ...group, syncedAt: asOf })))
      .onConflictDoUpdate({
        target: [tagGroups.corpId, tagGroups.groupId],
        set: { name: sql`excluded.name`, position: sql`excluded.position`, syncedAt: asOf },
        setWhere: isNews(tagGroups.syncedAt),
      });
  for (let from = 0; from < listed.length; from += 1000)
    await db
      .insert(tags)
      .values(listed.slice(from, from + 1000).map((tag) => ({ corpId, ...tag, syncedAt: asOf })))
      .onConflictDoUpdate({
        target: [tags.corpId, tags.tagId],
        set: {
          groupId: sql`excluded.group_id`,
          name: sql`excluded.name`,
          pinyin: sql`excluded.pinyin`,
          position: sql`excluded.position`,
          deletedAt: null,
          syncedAt: asOf,
        },
        setWhere: isNews(tags.syncedAt),
      });
  const unlisted = and(isNull(tags.deletedAt), notSeenAfter(tags.syncedAt, asOf));
  const ids = listed.map((tag) => tag.tagId);
  await db
    .update(tags)
    .set({ deletedAt: asOf, syncedAt: asOf })
    .where(ids.length === 0 ? unlisted : and(unlisted, notInArray(tags.tagId, ids)));
}
