import { pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';

/** Whose data were deleted, known by a hash only: a sync does not bring them back unless the relation began after that. */
export const forgottenCustomers = pgTable(
  'forgotten_customers',
  { corpId: corpId(), customerHash: id('customer_hash').notNull(), forgottenAt: at('forgotten_at').notNull() },
  (t) => [primaryKey({ columns: [t.corpId, t.customerHash] })],
);
