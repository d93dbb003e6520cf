import { sql } from 'drizzle-orm';
import { bigint, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';

const number = (name: string) => bigint(name, { mode: 'bigint' }).notNull();
const numbers = (name: string) =>
  bigint(name, { mode: 'bigint' })
    .array()
    .notNull()
    .default(sql`'{}'`);

/**
 * One row per customer with everything that the console's list filters and sorts by, derived from customers, follows and orders. Ids are 64 bits of their hash
 * (`nextline_facets`), not text; what nearly every look asks for stands first in the row, in columns of fixed length. Read through the view `searchable_customers` (see the
 * migration), behind which the index over `facets` can be used; the conditions are in list-conditions.ts.
 */
export const customerList = pgTable(
  'customer_list',
  {
    /** 1970 for somebody who never did anything: she sorts last and counts as silent. */
    engagedAt: at('engaged_at').notNull(),
    followedAt: at('followed_at').notNull(),
    /** Of `stage:…`. */
    stage: number('stage'),
    /** Of the first of `guide:…` and `left:…`; the rest of them are `others`. */
    guide: number('guide'),
    /** The four lowest: see list-conditions.ts. The rest is a signature of tags, source and contacts: a bit that is not there says no at once, one that is there says perhaps. */
    bits: number('bits'),
    /** The same of the letters in `search`. */
    letters: number('letters'),
    corpId: corpId(),
    /** Of `tag:…`, `source:…`, `guide:…`, `left:…`, and what else the index finds: see settle-list.store.ts. */
    facets: numbers('facets'),
    others: numbers('others'),
    externalUserId: id('external_user_id').notNull(),
    /** Name and remarks in lower case. */
    search: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.corpId, t.externalUserId] }),
    // Without the id, which says who comes first only among those of the same millisecond: smaller by its length, and quicker to read for all since some instant.
    index('customer_list_by_engaged').on(t.corpId, t.engagedAt),
    index('customer_list_by_followed').on(t.corpId, t.followedAt),
    index('customer_list_by_stage').on(t.corpId, t.stage, t.engagedAt),
    index('customer_list_facets').using('gin', t.facets).with({ fastupdate: false }),
  ],
);

/** Customers whose row above is behind. Triggers write it in the transaction of whatever changed; a worker settles it. */
export const customerListQueue = pgTable(
  'customer_list_queue',
  { corpId: corpId(), externalUserId: id('external_user_id').notNull(), queuedId: uuid('queued_id').notNull().defaultRandom() },
  (t) => [primaryKey({ columns: [t.corpId, t.externalUserId, t.queuedId] })],
);
