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
    // One value, whatever the number of rows: JSON is built and read natively, where an array per column is escaped element by element in JavaScript.
    const json = JSON.stringify(
      rows.map(({ who, subject, detail, at, ...entry }) => ({
        ...entry,
        at,
        entryId: uuidv7(),
        staff: who.staffUserId,
        kind: subject.kind,
        id: subject.id,
        detail: detail ?? {},
      })),
    );
    await tx.execute(sql`
      INSERT INTO audit_log (corp_id, at, entry_id, staff_user_id, action, subject_kind, subject_id, detail)
      SELECT "corpId", at, "entryId", staff, action, kind, id, detail
      FROM json_to_recordset(${json}::json)
        AS entry("corpId" text, at timestamptz, "entryId" uuid, staff text, action text, kind text, id text, detail jsonb)`);
  }
}
