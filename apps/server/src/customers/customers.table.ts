import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id, ids } from '../columns.ts';

export const customers = pgTable(
  'customers',
  {
    corpId: corpId(),
    externalUserId: id('external_user_id').notNull(),
    name: text().notNull(),
    avatarUrl: text('avatar_url'),
    type: text().$type<'wechat' | 'wecom'>().notNull(),
    gender: text().$type<'female' | 'male' | 'unknown'>().notNull().default('unknown'),
    unionId: id('union_id'),
    corpName: text('corp_name'),
    stageId: id('stage_id'),
    stageEnteredAt: at('stage_entered_at'),
    lastEngagedAt: at('last_engaged_at'),
    optedOutAt: at('opted_out_at'),
    /** The brand's own facts, by variable name: `积分`, `生日` … They fill script variables. */
    customFields: jsonb('custom_fields').$type<Record<string, string>>().notNull().default({}),
    syncedAt: at('synced_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.externalUserId] })],
);

/** The relation staff–customer. Tags, remark and source belong to it, as in WeCom. Never deleted: it ends. */
export const follows = pgTable(
  'follows',
  {
    corpId: corpId(),
    externalUserId: id('external_user_id').notNull(),
    staffUserId: id('staff_user_id').notNull(),
    remark: text().notNull().default(''),
    description: text().notNull().default(''),
    mobiles: text().array().notNull().default([]),
    tagIds: ids('tag_ids')
      .notNull()
      .default(sql`'{}'`),
    /** Changed here and not yet acknowledged by WeCom: a sync must not undo them. */
    pendingTagIds: ids('pending_tag_ids')
      .notNull()
      .default(sql`'{}'`),
    /** WeCom's `add_way`; words for it are the panel's business. */
    addWay: smallint('add_way').notNull().default(0),
    state: text(),
    followedAt: at('followed_at').notNull(),
    endedAt: at('ended_at'),
    endedBy: text('ended_by').$type<'staff' | 'customer' | 'transfer'>(),
    syncedAt: at('synced_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.corpId, t.externalUserId, t.staffUserId] }),
    index('follows_by_staff').on(t.corpId, t.staffUserId, t.externalUserId),
  ],
);

export const orders = pgTable(
  'orders',
  {
    corpId: corpId(),
    externalUserId: id('external_user_id').notNull(),
    orderId: id('order_id').notNull(),
    /** What was bought, first item first. */
    items: jsonb().$type<{ name: string; quantity: number }[]>().notNull(),
    /** Fen. */
    amount: bigint({ mode: 'number' }).notNull(),
    storeId: id('store_id'),
    orderedAt: at('ordered_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.externalUserId, t.orderId] })],
);

/** What the customer did: the upper half of the pulse, and what counts as an effect. */
export const outcomes = pgTable(
  'outcomes',
  {
    corpId: corpId(),
    externalUserId: id('external_user_id').notNull(),
    outcomeId: uuid('outcome_id').notNull(),
    kind: text().$type<'reply' | 'order' | 'followed' | 'unfollowed' | 'visit'>().notNull(),
    staffUserId: id('staff_user_id'),
    /** One line for the timeline: what she asked, what she bought. */
    summary: text(),
    occurredAt: at('occurred_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.corpId, t.externalUserId, t.outcomeId] }),
    index('outcomes_by_time').on(t.corpId, t.externalUserId, t.occurredAt),
  ],
);

/** Days since the epoch in the corp's zone → how much happened. At most 28 + 1 entries. */
export type DayCounts = Record<string, number>;
export type RecentTouch = { at: string; title: string; purpose: 'service' | 'marketing'; scriptId: string | null; staffUserId: string };

/**
 * One row per customer: all that the panel shows of what happened, and all that the guard counts. It is also the lock: whoever
 * writes a touch takes this row `FOR UPDATE` first. Kept in the same transaction as the ledgers.
 */
export const touchSummaries = pgTable(
  'touch_summaries',
  {
    corpId: corpId(),
    externalUserId: id('external_user_id').notNull(),
    /** Newest first, at most ten. */
    recentTouches: jsonb('recent_touches').$type<RecentTouch[]>().notNull().default([]),
    /** Instants of marketing touches of the last 31 days, oldest first: what the caps count. */
    marketingTouchedAt: at('marketing_touched_at').array().notNull().default([]),
    /** script id → when it last reached her. */
    sentScripts: jsonb('sent_scripts').$type<Record<string, string>>().notNull().default({}),
    pulseCustomer: jsonb('pulse_customer').$type<DayCounts>().notNull().default({}),
    pulseUs: jsonb('pulse_us').$type<DayCounts>().notNull().default({}),
    /** Replies by hour of the corp's day, 24 counters: from it `多在晚上回`. */
    replyHours: integer('reply_hours').array().notNull().default([]),
    /** Her last message that nobody answered yet. */
    openQuestion: jsonb('open_question').$type<{ at: string; text: string } | null>(),
    lastOrder: jsonb('last_order').$type<{ at: string; item: string; orderId: string } | null>(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.externalUserId] })],
);
