import type { ScriptFolder } from '@nextline/contract';
import { asc, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { scriptDrafts } from './script-editing.table.ts';
import { scriptFolders, scripts } from './scripts.table.ts';

export async function lockFolders(tx: Queryable): Promise<ScriptFolder[]> {
  const { folderId, parentId, name, position } = scriptFolders;
  return tx.select({ folderId, parentId, name, position }).from(scriptFolders).orderBy(asc(position), asc(folderId)).for('update');
}

/** No script lies in it, of whatever status, and none will when its draft is published. */
export async function folderIsEmpty(tx: Queryable, folderId: string): Promise<boolean> {
  const [script] = await tx.select({ id: scripts.scriptId }).from(scripts).where(eq(scripts.folderId, folderId)).limit(1);
  const [draft] = await tx
    .select({ id: scriptDrafts.scriptId })
    .from(scriptDrafts)
    .where(sql`${scriptDrafts.content}->>'folderId' = ${folderId}`)
    .limit(1);
  return !script && !draft;
}

export async function deleteFolder(tx: Queryable, folderId: string): Promise<void> {
  await tx.delete(scriptFolders).where(eq(scriptFolders.folderId, folderId));
}
