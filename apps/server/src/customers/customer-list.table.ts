import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';

const number = (name: string) => bigint(name, { mode: 'bigint' }).notNull();
const numbers = (name: string) => bigint(name, { mode: 'bigint' }).array();
const listed = (name: string) =>
  numbers(name)
    .notNull()
    .default(sql`'{}'`);

/**
 * One row per customer with everything that the console's list filters and sorts by, derived from customers, follows and orders. Ids are 64 bits of their hash
 * (`nextline_facets`), not text; what nearly every look asks for stands first in the row, in columns of fixed length. Read through the view `searchable_customers` (see the
 * migration), behind which the index over terms can be used; the conditions are in list-conditions.ts and list-terms.ts.
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
    /** Of `tag:…`, `source:…`, `guide:…`, `left:…`, then the stage and what else the index finds: see settle-list.store.ts. */
    facets: listed('facets'),
    others: listed('others'),
    externalUserId: id('external_user_id').notNull(),
    /** Name and remarks in lower case. */
    search: text().notNull(),
    /** Of `given:<guide>:<tag>`, when she has several contacts: which of them has given what. Null in a row that an older release wrote: then the relations are asked. */
    given: numbers('given'),
  },
  (t) => [
    primaryKey({ columns: [t.corpId, t.externalUserId] }),
    // Without the id, which says who comes first only among those of the same millisecond: smaller by its length, and quicker to read for all since some instant.
    index('customer_list_by_engaged').on(t.corpId, t.engagedAt),
    index('customer_list_by_followed').on(t.corpId, t.followedAt),
    index('customer_list_by_stage').on(t.corpId, t.stage, t.engagedAt),
    // As words of a text, because of those an index can also tell who lacks one; contacts, source and tags also with the day on which she was last engaged.
    index('customer_list_terms')
      .using('gin', sql`nextline_terms(${t.facets}, ${t.bits}, ${t.stage}, ${t.engagedAt})`)
      .with({ fastupdate: false }),
  ],
);

/** Customers whose row above is behind. Triggers write it in the transaction of whatever changed; a worker settles it. */
export const customerListQueue = pgTable(
  'customer_list_queue',
  { corpId: corpId(), externalUserId: id('external_user_id').notNull(), queuedId: uuid('queued_id').notNull().defaultRandom() },
  (t) => [primaryKey({ columns: [t.corpId, t.externalUserId, t.queuedId] })],
);

/**
 * That everybody's row was looked at and has what `listForm` asks (settle-list.ts); from there on triggers keep it so. Whoever empties the list by hand takes this away as well.
 */
export const customerListFills = pgTable('customer_list_fills', {
  corpId: corpId().primaryKey(),
  form: integer().notNull(),
  filledAt: at('filled_at').notNull(),
});
