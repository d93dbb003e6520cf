import { boolean, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';

export const tagGroups = pgTable(
  'tag_groups',
  {
    corpId: corpId(),
    groupId: id('group_id').notNull(),
    name: text().notNull(),
    position: integer().notNull().default(0),
    singleChoice: boolean('single_choice').notNull().default(false),
    syncedAt: at('synced_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.groupId] })],
);

export const tags = pgTable(
  'tags',
  {
    corpId: corpId(),
    tagId: id('tag_id').notNull(),
    groupId: id('group_id').notNull(),
    name: text().notNull(),
    pinyin: text().notNull(),
    position: integer().notNull().default(0),
    deletedAt: at('deleted_at'),
    syncedAt: at('synced_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.tagId] })],
);

/** Tags a staff member used lately, newest first: 最近用过. */
export const recentTags = pgTable(
  'recent_tags',
  { corpId: corpId(), staffUserId: id('staff_user_id').notNull(), tagId: id('tag_id').notNull(), usedAt: at('used_at').notNull() },
  (t) => [primaryKey({ columns: [t.corpId, t.staffUserId, t.tagId] })],
);
