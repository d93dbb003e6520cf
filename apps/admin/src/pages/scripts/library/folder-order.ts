import type { ScriptFolder } from '@nextline/contract';

/** Where a dragged folder is let go: among the children of `parentId`, before the one at `index`. */
export type FolderPlace = { parentId: string | null; index: number };
export type FolderMove = { parentId: string | null; folderIds: string[]; changesParent: boolean };

export function childrenOf(folders: readonly ScriptFolder[], parentId: string | null): ScriptFolder[] {
  return folders.filter((folder) => folder.parentId === parentId).toSorted((left, right) => left.position - right.position);
}

/**
 * The new order of the place where a folder is let go; null when it may not lie there or would lie where it lies. There are two levels, so a
 * folder that holds folders stays at the top.
 */
export function moveFolder(folders: readonly ScriptFolder[], folderId: string, place: FolderPlace): FolderMove | null {
  const folder = folders.find((one) => one.folderId === folderId);
  if (!folder) return null;
  if (place.parentId !== null) {
    const parent = folders.find((one) => one.folderId === place.parentId);
    if (!parent || parent.parentId !== null || parent.folderId === folderId) return null;
    if (folders.some((one) => one.parentId === folderId)) return null;
  }
  const before = childrenOf(folders, place.parentId).map((one) => one.folderId);
  const at = before.indexOf(folderId);
  const rest = before.filter((one) => one !== folderId);
  const index = Math.max(0, Math.min(at >= 0 && at < place.index ? place.index - 1 : place.index, rest.length));
  const folderIds = rest.toSpliced(index, 0, folderId);
  const changesParent = folder.parentId !== place.parentId;
  if (!changesParent && folderIds.every((one, position) => one === before[position])) return null;
  return { parentId: place.parentId, folderIds, changesParent };
}

/** One up or down with the keyboard: to the neighbour's place among the folders of the same parent. */
export function nudgeFolder(folders: readonly ScriptFolder[], folderId: string, direction: 'up' | 'down'): FolderMove | null {
  const folder = folders.find((one) => one.folderId === folderId);
  if (!folder) return null;
  const at = childrenOf(folders, folder.parentId).findIndex((one) => one.folderId === folderId);
  return moveFolder(folders, folderId, { parentId: folder.parentId, index: direction === 'up' ? Math.max(0, at - 1) : at + 2 });
}

/** The folders as they will be, for drawing them at once. */
export function afterMove(folders: readonly ScriptFolder[], folderId: string, { parentId, folderIds }: FolderMove): ScriptFolder[] {
  return folders.map((folder) => {
    const position = folderIds.indexOf(folder.folderId);
    if (position < 0) return folder;
    return { ...folder, position, parentId: folder.folderId === folderId ? parentId : folder.parentId };
  });
}
