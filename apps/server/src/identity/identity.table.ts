import type { Role } from '@nextline/contract';
import { boolean, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';

export const corps = pgTable(
  'corps',
  {
    corpId: corpId(),
    name: text().notNull(),
    timeZone: text('time_zone').notNull().default('Asia/Shanghai'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId] })],
);

export const departments = pgTable(
  'departments',
  {
    corpId: corpId(),
    departmentId: id('department_id').notNull(),
    parentId: id('parent_id'),
    name: text().notNull(),
    position: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.departmentId] })],
);

/** Brand → region → store. A store is made from a department at sync; a hand-made one has no department. */
export const stores = pgTable(
  'stores',
  {
    corpId: corpId(),
    storeId: id('store_id').notNull(),
    departmentId: id('department_id'),
    region: text(),
    name: text().notNull(),
    /** Name and region were set here: a sync leaves them. */
    byHand: boolean('by_hand').notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.storeId] })],
);

export const staff = pgTable(
  'staff',
  {
    corpId: corpId(),
    staffUserId: id('staff_user_id').notNull(),
    name: text().notNull(),
    alias: text(),
    avatarUrl: text('avatar_url'),
    position: text(),
    departmentIds: jsonb('department_ids').$type<string[]>().notNull().default([]),
    storeId: id('store_id'),
    /** The store was set here: a sync leaves it. */
    storeByHand: boolean('store_by_hand').notNull().default(false),
    role: text().$type<Role>().notNull().default('guide'),
    /** The role was set here: a sync leaves it. */
    roleByHand: boolean('role_by_hand').notNull().default(false),
    /** In the list of staff who may have customers (WeCom's follow users). */
    followsCustomers: boolean('follows_customers').notNull().default(false),
    /** Set when WeCom no longer knows this person: sessions end within 60 s. */
    leftAt: at('left_at'),
    /** Signed out of the console: sessions that began before are no longer good for it, in whatever browser. */
    consoleEndedAt: at('console_ended_at'),
    syncedAt: at('synced_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.staffUserId] })],
);

/** What a corp decided otherwise than the product does by itself. No row: as the product does. */
export const roleRules = pgTable(
  'role_rules',
  { corpId: corpId(), role: text().$type<Role>().notNull(), seesMobiles: boolean('sees_mobiles').notNull() },
  (t) => [primaryKey({ columns: [t.corpId, t.role] })],
);

/** OAuth `state`: signed, and used once. Rows older than ten minutes are pruned. */
export const oauthStates = pgTable(
  'oauth_states',
  { corpId: corpId(), stateHash: id('state_hash').notNull(), usedAt: at('used_at').notNull() },
  (t) => [primaryKey({ columns: [t.corpId, t.stateHash] })],
);
