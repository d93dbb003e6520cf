import type { CustomerFilter } from '@nextline/contract';
import { boolean, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';

/** A filter with a name. Who is in it is asked when it is looked at, never stored. */
export const segments = pgTable(
  'segments',
  {
    corpId: corpId(),
    segmentId: uuid('segment_id').notNull(),
    name: text().notNull(),
    filter: jsonb().$type<CustomerFilter>().notNull(),
    ownerUserId: id('owner_user_id').notNull(),
    shared: boolean().notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.segmentId] })],
);
