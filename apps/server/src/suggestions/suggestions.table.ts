import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';

export type ShownCard = { slot: number; scriptId: string; version: number; probability: number; score: number };

/** What was shown, in which slot, with which probability. Append-only, partitioned by month on `shown_at`. */
export const suggestionLists = pgTable(
  'suggestion_lists',
  {
    corpId: corpId(),
    externalUserId: id('external_user_id').notNull(),
    listId: uuid('list_id').notNull(),
    shownAt: at('shown_at').notNull(),
    staffUserId: id('staff_user_id').notNull(),
    cards: jsonb().$type<ShownCard[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.externalUserId, t.listId, t.shownAt] })],
);

/** What became of each card. `sent` is written in the transaction of the send. */
export const cardOutcomes = pgTable(
  'card_outcomes',
  {
    corpId: corpId(),
    externalUserId: id('external_user_id').notNull(),
    listId: uuid('list_id').notNull(),
    slot: integer().notNull(),
    outcome: text().$type<'shown' | 'sent' | 'replaced' | 'edited' | 'deferred'>().notNull(),
    staffUserId: id('staff_user_id').notNull(),
    at: at('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.externalUserId, t.listId, t.slot, t.outcome] })],
);
