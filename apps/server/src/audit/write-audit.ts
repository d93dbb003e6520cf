import { uuidv7 } from 'uuidv7';
import type { Queryable } from '../database.ts';
import { auditLog } from './audit.table.ts';

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
const atOnce = 500;

/**
 * Notes what somebody did, in the transaction of what they did: both are there or neither is. It takes no lock and reads nothing; the chain of
 * hashes is closed a moment later by `sealAudit`.
 */
export async function writeAudit(tx: Queryable, ...entries: AuditEntry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += atOnce)
    await tx.insert(auditLog).values(
      entries.slice(from, from + atOnce).map(({ corpId, who, action, subject, detail, at }) => ({
        corpId,
        at,
        entryId: uuidv7(),
        staffUserId: who.staffUserId,
        action,
        subjectKind: subject.kind,
        subjectId: subject.id,
        detail: detail ?? {},
      })),
    );
}
