import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { ImportRow, ScriptImport } from '@nextline/contract';
import type { Queryable } from '../database.ts';
import { staff } from '../identity/identity.table.ts';
import { type KeptProblem, scriptImportRows, scriptImports } from './script-imports.table.ts';

export type StoredImport = Omit<typeof scriptImports.$inferSelect, 'file' | 'corpId'> & { startedBy: string | null };
export type StoredImportRow = typeof scriptImportRows.$inferSelect;

const columns = {
  importId: scriptImports.importId,
  fileName: scriptImports.fileName,
  mode: scriptImports.mode,
  state: scriptImports.state,
  rows: scriptImports.rows,
  handled: scriptImports.handled,
  failure: scriptImports.failure,
  staffUserId: scriptImports.staffUserId,
  startedAt: scriptImports.startedAt,
  finishedAt: scriptImports.finishedAt,
  startedBy: staff.name,
};
const starter = and(eq(staff.corpId, scriptImports.corpId), eq(staff.staffUserId, scriptImports.staffUserId));

/** False when there is one of that id already. */
export async function insertImport(db: Queryable, one: typeof scriptImports.$inferInsert): Promise<boolean> {
  const made = await db.insert(scriptImports).values(one).onConflictDoNothing().returning({ id: scriptImports.importId });
  return made.length > 0;
}

export async function findImport(db: Queryable, importId: string): Promise<StoredImport | null> {
  const [found] = await db.select(columns).from(scriptImports).leftJoin(staff, starter).where(eq(scriptImports.importId, importId));
  return found ?? null;
}

export async function listImports(db: Queryable, limit: number): Promise<StoredImport[]> {
  return db.select(columns).from(scriptImports).leftJoin(staff, starter).orderBy(desc(scriptImports.startedAt)).limit(limit);
}

export async function readImportFile(db: Queryable, importId: string): Promise<Buffer | null> {
  const [found] = await db.select({ file: scriptImports.file }).from(scriptImports).where(eq(scriptImports.importId, importId));
  return found?.file ?? null;
}

/** What waits for a worker, the oldest first. */
export async function findWaiting(db: Queryable): Promise<StoredImport | null> {
  const [found] = await db
    .select(columns)
    .from(scriptImports)
    .leftJoin(staff, starter)
    .where(inArray(scriptImports.state, ['reading', 'applying']))
    .orderBy(asc(scriptImports.startedAt))
    .limit(1);
  return found ?? null;
}

export async function updateImport(tx: Queryable, importId: string, change: Partial<typeof scriptImports.$inferInsert>): Promise<void> {
  await tx.update(scriptImports).set(change).where(eq(scriptImports.importId, importId));
}

/** From `checked` to `applying`; false when it is in another state. */
export async function beginApplying(tx: Queryable, importId: string): Promise<boolean> {
  const begun = await tx
    .update(scriptImports)
    .set({ state: 'applying', handled: 0 })
    .where(and(eq(scriptImports.importId, importId), eq(scriptImports.state, 'checked')))
    .returning({ id: scriptImports.importId });
  return begun.length > 0;
}

export async function insertImportRows(tx: Queryable, rows: (typeof scriptImportRows.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(scriptImportRows).values(rows).onConflictDoNothing();
}

export async function countOutcomes(db: Queryable, importIds: string[]): Promise<Map<string, ScriptImport['counts']>> {
  const counts = new Map<string, ScriptImport['counts']>();
  if (importIds.length === 0) return counts;
  const { importId, outcome } = scriptImportRows;
  const rows = await db
    .select({ importId, outcome, count: sql<number>`count(*)::int` })
    .from(scriptImportRows)
    .where(inArray(importId, importIds))
    .groupBy(importId, outcome);
  for (const id of importIds) counts.set(id, { new: 0, changed: 0, same: 0, refused: 0 });
  for (const row of rows) {
    const one = counts.get(row.importId);
    if (one) one[row.outcome] = row.count;
  }
  return counts;
}

export async function readImportRows(
  db: Queryable,
  importId: string,
  { outcome, after, limit }: { outcome?: ImportRow['outcome'] | undefined; after: number; limit: number },
): Promise<StoredImportRow[]> {
  const { importId: id, row, outcome: is } = scriptImportRows;
  return db
    .select()
    .from(scriptImportRows)
    .where(and(eq(id, importId), gt(row, after), outcome === undefined ? undefined : eq(is, outcome)))
    .orderBy(asc(row))
    .limit(limit);
}

/** Lines that are still to be stored, in the order of the table. */
export async function readUnapplied(tx: Queryable, importId: string, limit: number): Promise<StoredImportRow[]> {
  return tx
    .select()
    .from(scriptImportRows)
    .where(
      and(
        eq(scriptImportRows.importId, importId),
        eq(scriptImportRows.applied, false),
        inArray(scriptImportRows.outcome, ['new', 'changed']),
      ),
    )
    .orderBy(asc(scriptImportRows.row))
    .limit(limit);
}

export async function markApplied(tx: Queryable, importId: string, rows: number[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .update(scriptImportRows)
    .set({ applied: true })
    .where(and(eq(scriptImportRows.importId, importId), inArray(scriptImportRows.row, rows)));
}

export async function refuseRow(tx: Queryable, importId: string, row: number, problems: KeptProblem[]): Promise<void> {
  await tx
    .update(scriptImportRows)
    .set({ outcome: 'refused', problems, applied: true })
    .where(and(eq(scriptImportRows.importId, importId), eq(scriptImportRows.row, row)));
}

export async function readLastRow(db: Queryable, importId: string): Promise<number> {
  const [found] = await db
    .select({ row: sql<number>`coalesce(max(${scriptImportRows.row}), 0)::int` })
    .from(scriptImportRows)
    .where(eq(scriptImportRows.importId, importId));
  return found?.row ?? 0;
}

export async function countUnapplied(tx: Queryable, importId: string): Promise<number> {
  const { outcome, applied } = scriptImportRows;
  const [found] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(scriptImportRows)
    .where(and(eq(scriptImportRows.importId, importId), eq(applied, false), inArray(outcome, ['new', 'changed'])));
  return found?.count ?? 0;
}
