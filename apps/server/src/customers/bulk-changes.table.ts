import type { BulkChange, BulkSelection } from '@nextline/contract';
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';

/** One change for many customers. Who is meant is fixed when it begins (`bulk_change_items`), so a filter that the change itself empties loses nobody. */
export const bulkChanges = pgTable(
  'bulk_changes',
  {
    corpId: corpId(),
    bulkId: uuid('bulk_id').notNull(),
    change: jsonb().$type<BulkChange>().notNull(),
    selection: jsonb().$type<BulkSelection>().notNull(),
    staffUserId: id('staff_user_id').notNull(),
    /** A manager's change reaches only the relations of the own store, whichever store that is later. */
    storeId: id('store_id'),
    state: text().$type<'running' | 'done' | 'undoing' | 'undone'>().notNull(),
    total: integer().notNull(),
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
    undoneAt: at('undone_at'),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.bulkId] })],
);

/** What was done to one of them; enough to take it back. */
export type BulkEffect =
  | { kind: 'stage'; from: string | null; fromEnteredAt: string | null; moveId: string }
  | { kind: 'tags'; follows: { staffUserId: string; added: string[]; removed: string[] }[] };

export const bulkChangeItems = pgTable(
  'bulk_change_items',
  {
    corpId: corpId(),
    externalUserId: id('external_user_id').notNull(),
    bulkId: uuid('bulk_id').notNull(),
    /** `same`: it was so already, or she is not there any more. `kept`: not taken back, somebody has changed it since. */
    state: text().$type<'waiting' | 'changed' | 'same' | 'undone' | 'kept'>().notNull(),
    effect: jsonb().$type<BulkEffect>(),
  },
  (t) => [
    primaryKey({ columns: [t.corpId, t.externalUserId, t.bulkId] }),
    index('bulk_change_items_by_state').on(t.corpId, t.bulkId, t.state, t.externalUserId),
  ],
);
