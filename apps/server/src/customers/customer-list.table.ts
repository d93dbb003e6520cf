import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';

/**
 * One narrow row per customer with everything that the console's list filters by, derived from customers, follows and orders. It is read through the
 * view `searchable_customers` (see the migration), on which the index over `facets` can be used.
 */
export const customerList = pgTable(
  'customer_list',
  {
    corpId: corpId(),
    externalUserId: id('external_user_id').notNull(),
    /** 1970 for somebody who never did anything: she sorts last and counts as silent. */
    engagedAt: at('engaged_at').notNull(),
    followedAt: at('followed_at').notNull(),
    /** `stage:…`, `tag:…`, `guide:…`; see settle-list.store.ts. */
    facets: text().array().notNull(),
    /** Name and remarks in lower case. */
    search: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.corpId, t.externalUserId] }),
    index('customer_list_by_engaged').on(t.corpId, t.engagedAt, t.externalUserId),
    index('customer_list_by_followed').on(t.corpId, t.followedAt, t.externalUserId),
    index('customer_list_facets').using('gin', t.facets),
  ],
);

/** Customers whose row above is behind. Triggers write it in the transaction of whatever changed; a worker settles it. */
export const customerListQueue = pgTable(
  'customer_list_queue',
  { corpId: corpId(), externalUserId: id('external_user_id').notNull(), queuedId: uuid('queued_id').notNull().defaultRandom() },
  (t) => [primaryKey({ columns: [t.corpId, t.externalUserId, t.queuedId] })],
);
