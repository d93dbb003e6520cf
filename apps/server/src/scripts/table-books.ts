import type { MediaRef, ScriptFolder } from '@nextline/contract';
import { corpTimeZone } from '../customers/corp-zone.ts';
import type { Queryable } from '../database.ts';
import type { Deps } from '../feature.ts';
import type { FindFile } from './part-cell.ts';
import { readNames } from './table-names.store.ts';
import { nameBook } from './table-names.ts';
import { readFolders } from './scripts.store.ts';
import type { TableBooks } from './script-table.ts';

/** Names from the top down to a folder. */
export function pathOf(folders: readonly ScriptFolder[], folderId: string): string[] {
  const folder = folders.find((one) => one.folderId === folderId);
  if (!folder) return [];
  const parent = folders.find((one) => one.folderId === folder.parentId);
  return parent ? [parent.name, folder.name] : [folder.name];
}

export const folderAt = (folders: readonly ScriptFolder[], path: readonly string[]): ScriptFolder | undefined =>
  folders.find((folder) => JSON.stringify(pathOf(folders, folder.folderId)) === JSON.stringify(path));

function fileFinder(files: readonly MediaRef[]): FindFile {
  const byHash = new Map(files.map((file) => [file.sha256, file]));
  const byName = Map.groupBy(files, ({ fileName }) => fileName);
  return ({ sha256, fileName }) => {
    if (sha256 !== null) return byHash.get(sha256) ?? 'none';
    const called = byName.get(fileName) ?? [];
    if (called.length > 1) return 'several';
    return called[0] ?? 'none';
  };
}

/** The names of everything that a table may speak of, as they are now. */
export async function tableBooks(deps: Pick<Deps, 'db' | 'clock'>, db: Queryable): Promise<{ books: TableBooks; folders: ScriptFolder[] }> {
  const { stages, tags, stores, files } = await readNames(db);
  const folders = await readFolders(db);
  return {
    folders,
    books: {
      timeZone: await corpTimeZone(deps),
      stages: nameBook(stages),
      // People say 敏感肌; where two groups have a tag of that name, 肤质/敏感肌.
      tags: nameBook(tags, ({ name }) => name.slice(name.indexOf('/') + 1)),
      stores: nameBook(stores),
      pathOf: (folderId) => pathOf(folders, folderId),
      findFile: fileFinder(files),
    },
  };
}
