import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import { follows } from '../customers/customers.table.ts';
import type { Queryable } from '../database.ts';
import { recentTags, tagGroups, tags } from './tags.table.ts';

export type GroupRow = { groupId: string; name: string; singleChoice: boolean };
export type TagRow = { tagId: string; groupId: string; name: string; pinyin: string };

export async function readGroups(db: Queryable): Promise<GroupRow[]> {
  const { groupId, name, singleChoice, position } = tagGroups;
  return db.select({ groupId, name, singleChoice }).from(tagGroups).orderBy(asc(position), asc(groupId));
}

/** Tags that still exist at WeCom. */
export async function readTags(db: Queryable): Promise<TagRow[]> {
  const { tagId, groupId, name, pinyin, position, deletedAt } = tags;
  return db.select({ tagId, groupId, name, pinyin }).from(tags).where(isNull(deletedAt)).orderBy(asc(position), asc(tagId));
}

export async function setSingleChoice(db: Queryable, groupId: string, singleChoice: boolean): Promise<void> {
  await db.update(tagGroups).set({ singleChoice }).where(eq(tagGroups.groupId, groupId));
}

export async function readRecentTags(db: Queryable, staffUserId: string, limit: number): Promise<string[]> {
  const rows = await db
    .select({ tagId: recentTags.tagId })
    .from(recentTags)
    .where(eq(recentTags.staffUserId, staffUserId))
    .orderBy(desc(recentTags.usedAt), asc(recentTags.tagId))
    .limit(limit);
  return rows.map((row) => row.tagId);
}

export async function rememberTags(tx: Queryable, corpId: string, staffUserId: string, tagIds: string[], usedAt: Date): Promise<void> {
  if (tagIds.length === 0) return;
  await tx
    .insert(recentTags)
    .values(tagIds.map((tagId) => ({ corpId, staffUserId, tagId, usedAt })))
    .onConflictDoUpdate({ target: [recentTags.corpId, recentTags.staffUserId, recentTags.tagId], set: { usedAt } });
}

/** Forgets what is beyond the newest `kept`. */
export async function pruneRecentTags(tx: Queryable, staffUserId: string, kept: number): Promise<void> {
  const old = await tx
    .select({ tagId: recentTags.tagId })
    .from(recentTags)
    .where(eq(recentTags.staffUserId, staffUserId))
    .orderBy(desc(recentTags.usedAt), asc(recentTags.tagId))
    .offset(kept);
  const tagIds = old.map((row) => row.tagId);
  if (tagIds.length > 0) await tx.delete(recentTags).where(and(eq(recentTags.staffUserId, staffUserId), inArray(recentTags.tagId, tagIds)));
}

export type TaggedFollow = { tagIds: string[]; pendingTagIds: string[] };

const follow = (externalUserId: string, staffUserId: string) =>
  and(eq(follows.externalUserId, externalUserId), eq(follows.staffUserId, staffUserId), isNull(follows.endedAt));

/** Held to the end of the transaction. Null when the relation has ended. */
export async function lockFollow(tx: Queryable, externalUserId: string, staffUserId: string): Promise<TaggedFollow | null> {
  const { tagIds, pendingTagIds } = follows;
  const [found] = await tx.select({ tagIds, pendingTagIds }).from(follows).where(follow(externalUserId, staffUserId)).for('update');
  return found ?? null;
}

export async function readTagsOfFollow(db: Queryable, externalUserId: string, staffUserId: string): Promise<TaggedFollow | null> {
  const { tagIds, pendingTagIds } = follows;
  const [found] = await db.select({ tagIds, pendingTagIds }).from(follows).where(follow(externalUserId, staffUserId));
  return found ?? null;
}

export async function setTagsOfFollow(tx: Queryable, externalUserId: string, staffUserId: string, tagged: TaggedFollow): Promise<void> {
  await tx.update(follows).set(tagged).where(follow(externalUserId, staffUserId));
}
