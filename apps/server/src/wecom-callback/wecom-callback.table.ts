import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';

/** Every callback, stored before it is acknowledged. The hash of the decrypted XML is the identity: the same event twice is one row. */
export const callbackInbox = pgTable(
  'callback_inbox',
  {
    corpId: corpId(),
    payloadHash: id('payload_hash').notNull(),
    xml: text().notNull(),
    event: text().notNull(),
    changeType: text('change_type'),
    /** What must be worked in order: `customer:<external_userid>`, `tag:*`, `staff:<userid>`. */
    lane: id().notNull(),
    receivedAt: at('received_at').notNull(),
    status: text().$type<'waiting' | 'applied' | 'kept' | 'dead'>().notNull().default('waiting'),
    attempts: integer().notNull().default(0),
    /** Raised by each taker; see leases/claim-rows.ts. */
    fence: integer().notNull().default(0),
    nextAttemptAt: at('next_attempt_at').notNull(),
    settledAt: at('settled_at'),
    failure: text(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.payloadHash] }), index('callback_inbox_waiting').on(t.corpId, t.status, t.nextAttemptAt)],
);
