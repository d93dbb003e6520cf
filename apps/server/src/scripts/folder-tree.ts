import type { ScriptFolder } from '@nextline/contract';
import type { Sentence } from '../sentence.ts';

/** A folder and those below it. */
export function foldersUnder(folders: readonly ScriptFolder[], folderId: string): string[] {
  return [folderId, ...folders.filter((folder) => folder.parentId === folderId).map((folder) => folder.folderId)];
}

/** Why a folder cannot be put there; null when it can. Two levels: what has folders in it stays on top, and nothing goes into a subfolder. */
export function refusalOfPlace(folders: readonly ScriptFolder[], folderId: string, parentId: string | null): Sentence | null {
  if (parentId === null) return null;
  const parent = folders.find((folder) => folder.folderId === parentId);
  if (!parent) return { 'zh-CN': '上一级文件夹已经不在了。', en: 'The folder above is gone.' };
  if (parentId === folderId || parent.parentId !== null) return { 'zh-CN': '文件夹最多两级。', en: 'Folders are at most two levels deep.' };
  return folders.some((folder) => folder.parentId === folderId)
    ? { 'zh-CN': '它里面还有文件夹，放进去就超过两级了。', en: 'It has folders in it, so there it would be more than two levels deep.' }
    : null;
}

/** The folders of one parent in their new order; null when they are not exactly those that are there. */
export function inNewOrder(folders: readonly ScriptFolder[], parentId: string | null, folderIds: readonly string[]): ScriptFolder[] | null {
  const there = new Map(folders.filter((folder) => folder.parentId === parentId).map((folder) => [folder.folderId, folder]));
  if (there.size !== folderIds.length || new Set(folderIds).size !== folderIds.length) return null;
  const ordered = folderIds.flatMap((id, position) => {
    const folder = there.get(id);
    return folder ? [{ ...folder, position }] : [];
  });
  return ordered.length === there.size ? ordered : null;
}
