import type { changeFolderBody, createFolderBody, orderFoldersBody, ScriptFolder } from '@nextline/contract';
import type { z } from 'zod';
import { writeAudit } from '../audit/write-audit.ts';
import type { Queryable } from '../database.ts';
import { requestInvalid } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import type { Sentence } from '../sentence.ts';
import { inNewOrder, refusalOfPlace } from './folder-tree.ts';
import { deleteFolder, folderIsEmpty, lockFolders } from './folders.store.ts';
import { requireWholeCorp } from './script-reach.ts';
import { folderNotEmpty, folderNotFound } from './script-errors.ts';
import { forgetScriptCatalogue } from './script-catalogue.ts';
import { raiseLibraryVersion, readFolders, upsertFolder } from './scripts.store.ts';

type Change = (
  tx: Queryable,
  folders: ScriptFolder[],
) => Promise<{ action: `folder.${string}`; folderId: string; detail: Record<string, unknown> } | null>;

/** Folders are few and change together: whoever changes one holds them all. Guides see the change at once. */
async function changing(deps: Deps, who: Principal, change: Change): Promise<{ folders: ScriptFolder[] }> {
  requireWholeCorp(who);
  const { corpId } = deps.config.wecom;
  const at = deps.clock.now();
  const folders = await deps.db.transaction(async (tx) => {
    await raiseLibraryVersion(tx, corpId, at);
    const done = await change(tx, await lockFolders(tx));
    if (done)
      await writeAudit(tx, { corpId, who, action: done.action, subject: { kind: 'folder', id: done.folderId }, detail: done.detail, at });
    return readFolders(tx);
  });
  forgetScriptCatalogue(deps);
  return { folders };
}

const invalid = (path: string, message: Sentence) => requestInvalid([{ path, message }]);

export function createFolder(deps: Deps, who: Principal, { folderId, name, parentId }: z.output<typeof createFolderBody>) {
  return changing(deps, who, async (tx, folders) => {
    // The page made the id: asked again, it is there already.
    if (folders.some((folder) => folder.folderId === folderId)) return null;
    const refusal = refusalOfPlace(folders, folderId, parentId);
    if (refusal !== null) throw invalid('body.parentId', refusal);
    if (folders.some((folder) => folder.parentId === parentId && folder.name === name))
      throw invalid('body.name', { 'zh-CN': '这里已经有同名的文件夹了。', en: 'There is already a folder of this name here.' });
    const position = Math.max(-1, ...folders.filter((folder) => folder.parentId === parentId).map((folder) => folder.position)) + 1;
    await upsertFolder(tx, deps.config.wecom.corpId, { folderId, name, parentId, position });
    return { action: 'folder.create', folderId, detail: { name } };
  });
}

export function changeFolder(deps: Deps, who: Principal, folderId: string, { name, parentId }: z.output<typeof changeFolderBody>) {
  return changing(deps, who, async (tx, folders) => {
    const before = folders.find((folder) => folder.folderId === folderId);
    if (!before) throw folderNotFound();
    const after = { ...before, ...(name !== undefined && { name }), ...(parentId !== undefined && { parentId }) };
    const refusal = refusalOfPlace(folders, folderId, after.parentId);
    if (refusal !== null) throw invalid('body.parentId', refusal);
    if (folders.some((folder) => folder.folderId !== folderId && folder.parentId === after.parentId && folder.name === after.name))
      throw invalid('body.name', { 'zh-CN': '这里已经有同名的文件夹了。', en: 'There is already a folder of this name here.' });
    await upsertFolder(tx, deps.config.wecom.corpId, after);
    return { action: 'folder.change', folderId, detail: { name: after.name, before: before.name } };
  });
}

export function removeFolder(deps: Deps, who: Principal, folderId: string) {
  return changing(deps, who, async (tx, folders) => {
    const folder = folders.find((one) => one.folderId === folderId);
    if (!folder) throw folderNotFound();
    if (folders.some(({ parentId }) => parentId === folderId) || !(await folderIsEmpty(tx, folderId))) throw folderNotEmpty();
    await deleteFolder(tx, folderId);
    return { action: 'folder.delete', folderId, detail: { name: folder.name } };
  });
}

export function orderFolders(deps: Deps, who: Principal, { parentId, folderIds }: z.output<typeof orderFoldersBody>) {
  return changing(deps, who, async (tx, folders) => {
    const ordered = inNewOrder(folders, parentId, folderIds);
    if (ordered === null)
      throw invalid('body.folderIds', {
        'zh-CN': '文件夹刚才变过，刷新后再排。',
        en: 'The folders just changed. Reload and order them again.',
      });
    for (const folder of ordered) await upsertFolder(tx, deps.config.wecom.corpId, folder);
    return { action: 'folder.order', folderId: parentId ?? 'top', detail: { folderIds } };
  });
}
