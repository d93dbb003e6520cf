import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { at, corpId, id, sentence } from '../columns.ts';

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
    /** Carries a welcome code, which dies after 20 s: before everything else. */
    urgent: boolean().notNull().default(false),
    receivedAt: at('received_at').notNull(),
    status: text().$type<'waiting' | 'applied' | 'kept' | 'dead'>().notNull().default('waiting'),
    attempts: integer().notNull().default(0),
    /** Raised by each taker; see leases/claim-rows.ts. */
    fence: integer().notNull().default(0),
    /** Takes that have not come back: while it is in hand one, and one more for each process that died with it. In no index: a take stays cheap. */
    unreturned: integer().notNull().default(0),
    nextAttemptAt: at('next_attempt_at').notNull(),
    settledAt: at('settled_at'),
    failure: sentence(),
  },
  (t) => [
    primaryKey({ columns: [t.corpId, t.payloadHash] }),
    // Settled rows are in neither of the first two: what is taken next is found as fast after a year as on the first day.
    index('callback_inbox_in_line')
      .on(t.corpId, t.urgent.desc(), t.receivedAt, t.payloadHash)
      .where(sql`status = 'waiting'`),
    index('callback_inbox_lanes')
      .on(t.corpId, t.lane, t.receivedAt, t.payloadHash)
      .where(sql`status = 'waiting'`),
    index('callback_inbox_dead')
      .on(t.corpId, t.receivedAt, t.payloadHash)
      .where(sql`status = 'dead'`),
    index('callback_inbox_settled')
      .on(t.corpId, t.settledAt)
      .where(sql`status IN ('applied', 'kept')`),
  ],
);
