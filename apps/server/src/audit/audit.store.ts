import { and, asc, gt, isNull, lt, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { auditHeads, auditLog } from './audit.table.ts';
import type { ChainEntry, SealedEntry } from './chain.ts';

const { at, entryId, staffUserId, action, subjectKind, subjectId, detail, seq, previousHash, hash } = auditLog;
const told = { at, entryId, staffUserId, action, subjectKind, subjectId, detail };

export type AuditHead = typeof auditHeads.$inferSelect;

/** False while somebody else seals. Held to the end of the transaction. */
export async function holdSeal(tx: Queryable, corpId: string): Promise<boolean> {
  const { rows } = await tx.execute<{ held: boolean }>(
    sql`SELECT pg_try_advisory_xact_lock(hashtextextended(${`audit ${corpId}`}, 0)) AS held`,
  );
  return rows[0]?.held ?? false;
}

export async function readHead(db: Queryable): Promise<AuditHead | null> {
  const [head] = await db.select().from(auditHeads);
  return head ?? null;
}

export async function saveHead(tx: Queryable, head: AuditHead): Promise<void> {
  const { corpId: _corp, ...end } = head;
  await tx.insert(auditHeads).values(head).onConflictDoUpdate({ target: auditHeads.corpId, set: end });
}

export async function readUnsealed(db: Queryable, limit: number): Promise<ChainEntry[]> {
  return db.select(told).from(auditLog).where(isNull(seq)).orderBy(asc(at), asc(entryId)).limit(limit);
}

/** The oldest entry that should have been sealed by now. */
export async function oldestUnsealed(db: Queryable, before: Date): Promise<Date | null> {
  const [row] = await db
    .select({ at })
    .from(auditLog)
    .where(and(isNull(seq), lt(at, before)))
    .orderBy(asc(at))
    .limit(1);
  return row?.at ?? null;
}

export async function saveSeals(
  tx: Queryable,
  corpId: string,
  seals: (ChainEntry & { seq: number; previousHash: string; hash: string })[],
): Promise<void> {
  const column = <T>(pick: (seal: (typeof seals)[number]) => T) => sql.param(seals.map(pick));
  const { rowCount } = await tx.execute(sql`
    UPDATE audit_log a SET seq = s.seq, previous_hash = s.previous_hash, hash = s.hash
    FROM unnest(${column((s) => s.at.toISOString())}::timestamptz[], ${column((s) => s.entryId)}::uuid[], ${column((s) => s.seq)}::bigint[],
      ${column((s) => s.previousHash)}::text[], ${column((s) => s.hash)}::text[]) AS s(at, entry_id, seq, previous_hash, hash)
    WHERE a.corp_id = ${corpId} AND a.at = s.at AND a.entry_id = s.entry_id AND a.seq IS NULL`);
  if (rowCount !== seals.length) throw new Error(`${seals.length} entries of the audit log were to be sealed, ${rowCount} were there`);
}

export async function readSealed(db: Queryable, behindSeq: number, limit: number): Promise<SealedEntry[]> {
  const rows = await db
    .select({ ...told, seq, previousHash, hash })
    .from(auditLog)
    .where(gt(seq, behindSeq))
    .orderBy(asc(seq), asc(entryId))
    .limit(limit);
  return rows.flatMap((row) => (row.seq === null ? [] : [{ ...row, seq: row.seq }]));
}

export async function anySealed(db: Queryable): Promise<boolean> {
  const found = await db.select({ seq }).from(auditLog).where(gt(seq, 0)).limit(1);
  return found.length > 0;
}
