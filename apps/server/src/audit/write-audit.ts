import { sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import type { Queryable } from '../database.ts';

export type AuditEntry = {
  corpId: string;
  /** Null: the system, or somebody at the server's command line. */
  who: { staffUserId: string | null };
  /** `<noun>.<verb>`: `script.publish`, `customer.view`. */
  action: `${string}.${string}`;
  subject: { kind: string; id: string };
  /** What a reader needs to understand it later. No words of a customer, no secrets: this is kept when all else about her is deleted. */
  detail?: Record<string, unknown>;
  at: Date;
};

/** Rows in one statement: a bulk edit of a thousand customers is not a thousand round trips. */
const atOnce = 1_000;

/**
 * Notes what somebody did, in the transaction of what they did: both are there or neither is. It takes no lock and reads nothing; the chain of
 * hashes is closed a moment later by `sealAudit`.
 */
export async function writeAudit(tx: Queryable, ...entries: AuditEntry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += atOnce) {
    const rows = entries.slice(from, from + atOnce);
    // One array per column: the statement is as long for a thousand rows as for one, and so is the work of building it.
    const column = <T>(pick: (entry: AuditEntry) => T) => sql.param(rows.map(pick));
    await tx.execute(sql`
      INSERT INTO audit_log (corp_id, at, entry_id, staff_user_id, action, subject_kind, subject_id, detail)
      SELECT * FROM unnest(${column((row) => row.corpId)}::text[], ${column((row) => row.at.toISOString())}::timestamptz[],
        ${column(() => uuidv7())}::uuid[], ${column((row) => row.who.staffUserId)}::text[], ${column((row) => row.action)}::text[],
        ${column((row) => row.subject.kind)}::text[], ${column((row) => row.subject.id)}::text[],
        ${column((row) => JSON.stringify(row.detail ?? {}))}::jsonb[])`);
  }
}
