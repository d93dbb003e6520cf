import { eq } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { scriptBulkChanges, scriptDrafts } from './script-editing.table.ts';
import type { ScriptContent } from '@nextline/contract';

export type StoredBulk = typeof scriptBulkChanges.$inferSelect;

export async function findBulk(tx: Queryable, bulkId: string): Promise<StoredBulk | null> {
  const [found] = await tx.select().from(scriptBulkChanges).where(eq(scriptBulkChanges.bulkId, bulkId)).for('update');
  return found ?? null;
}

export async function insertBulk(tx: Queryable, bulk: typeof scriptBulkChanges.$inferInsert): Promise<void> {
  await tx.insert(scriptBulkChanges).values(bulk);
}

export async function markUndone(tx: Queryable, bulkId: string, undoneAt: Date, undone: number): Promise<void> {
  await tx.update(scriptBulkChanges).set({ undoneAt, undone }).where(eq(scriptBulkChanges.bulkId, bulkId));
}

/** Changes settings inside a draft; its words stay, and so do its writers. */
export async function setDraftContent(tx: Queryable, scriptId: string, content: ScriptContent): Promise<void> {
  await tx.update(scriptDrafts).set({ content }).where(eq(scriptDrafts.scriptId, scriptId));
}
