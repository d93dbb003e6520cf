import { bigint, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { at, corpId, id } from '../columns.ts';

/**
 * Who viewed, exported, changed or sent what. Partitioned by month on `at`. The application may insert and read; of a row that is there it may
 * only fill the last three columns, once. Whoever writes waits for nobody: rows come unsealed, and one sealer at a time chains them in order.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    corpId: corpId(),
    at: at('at').notNull(),
    entryId: uuid('entry_id').notNull(),
    /** Null: the system itself, or somebody at the server's command line. */
    staffUserId: id('staff_user_id'),
    action: text().notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: id('subject_id').notNull(),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** Its place in the chain: 1, 2, 3 … without a gap. Null until it is sealed. */
    seq: bigint({ mode: 'number' }),
    previousHash: text('previous_hash'),
    hash: text(),
  },
  (t) => [
    primaryKey({ columns: [t.corpId, t.at, t.entryId] }),
    index('audit_log_by_seq').on(t.corpId, t.seq),
    index('audit_log_unsealed')
      .on(t.corpId, t.at, t.entryId)
      .where(sql`seq IS NULL`),
    index('audit_log_by_staff').on(t.corpId, t.staffUserId, t.at, t.entryId),
    index('audit_log_by_subject').on(t.corpId, t.subjectId, t.at, t.entryId),
  ],
);

/** The end of the chain. Its mac needs the server's key, so whoever has only the database cannot make the chain end elsewhere. */
export const auditHeads = pgTable(
  'audit_heads',
  {
    corpId: corpId(),
    seq: bigint({ mode: 'number' }).notNull(),
    hash: text().notNull(),
    mac: text().notNull(),
    /** Which key the mac was made with: another SESSION_KEY is told from a forged mac. */
    keyMark: text('key_mark').notNull(),
    sealedAt: at('sealed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId] })],
);
