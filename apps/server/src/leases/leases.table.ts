import { bigint, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';

/** Who does a piece of work that one process at a time may do. Rows stay: `fence` must never begin anew. */
export const leases = pgTable(
  'leases',
  {
    corpId: corpId(),
    /** The work: `full sync`, `media renewal` … */
    name: id().notNull(),
    /** Raised each time the lease changes hands: whoever comes with a lower one is too late. */
    fence: bigint({ mode: 'number' }).notNull(),
    /** For a person who looks: machine and process id. */
    holder: text().notNull(),
    /** By the database's clock. */
    heldUntil: at('held_until').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.name] })],
);
