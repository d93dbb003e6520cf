import type { Library, MyLibrary, Script, ScriptFolder } from '@nextline/contract';

export type ScopeName = 'all' | 'company' | 'store' | 'personal' | 'favourites' | 'recents';

/** What the list is narrowed to: whose scripts, and perhaps one folder with all below it. */
export type Scope = { name: ScopeName; folderId: string | null };

export const scopeTitles: Readonly<Record<ScopeName, string>> = {
  all: '全部',
  company: '公司',
  store: '门店',
  personal: '我的',
  favourites: '收藏',
  recents: '最近',
};

export type FolderRow = { folder: ScriptFolder; depth: number };

/** Folders as a tree read from top to bottom. A folder whose parent is missing, or its own ancestor, stands at the top. */
export function foldersInOrder(folders: readonly ScriptFolder[]): FolderRow[] {
  const rows: FolderRow[] = [];
  const placed = new Set<string>();
  const known = new Set(folders.map((folder) => folder.folderId));
  const sorted = [...folders].sort((a, b) => a.position - b.position);
  const place = (folder: ScriptFolder, depth: number): void => {
    if (placed.has(folder.folderId)) return;
    placed.add(folder.folderId);
    rows.push({ folder, depth });
    for (const child of sorted) if (child.parentId === folder.folderId) place(child, depth + 1);
  };
  for (const folder of sorted) if (folder.parentId === null || !known.has(folder.parentId)) place(folder, 0);
  for (const folder of sorted) place(folder, 0);
  return rows;
}

/** A folder and everything below it. */
export function folderIdsUnder(folders: readonly ScriptFolder[], folderId: string): Set<string> {
  const ids = new Set([folderId]);
  for (let grown = true; grown;) {
    grown = false;
    for (const folder of folders) {
      if (folder.parentId !== null && ids.has(folder.parentId) && !ids.has(folder.folderId)) {
        ids.add(folder.folderId);
        grown = true;
      }
    }
  }
  return ids;
}

/** When the last day of a script was over most recently, as milliseconds; -Infinity when none ever was. The scopes hold the same from then until another's is over, however often the clock moves. */
export const lastExpiry = (library: Library, now: Date): number =>
  library.scripts.reduce((latest, { validUntil }) => {
    const until = validUntil === null ? -Infinity : Date.parse(validUntil);
    return until > latest && until <= now.getTime() ? until : latest;
  }, -Infinity);

/** Whether a script is within a scope. One whose last day is over at `at` (milliseconds) is in none: the library may be older than that. */
export function scopeFilter(library: Library, mine: MyLibrary, scope: Scope, at: number): (script: Script) => boolean {
  const folders = scope.folderId === null ? null : folderIdsUnder(library.folders, scope.folderId);
  const favourites = new Set(mine.favourites);
  const recents = new Set(mine.recents.map((recent) => recent.scriptId));
  const inScope: Record<ScopeName, (script: Script) => boolean> = {
    all: () => true,
    company: (script) => script.scope === 'company',
    store: (script) => script.scope === 'store',
    personal: (script) => script.scope === 'personal',
    favourites: (script) => favourites.has(script.scriptId),
    recents: (script) => recents.has(script.scriptId),
  };
  const matches = inScope[scope.name];
  return (script) =>
    matches(script) && (!folders || folders.has(script.folderId)) && (script.validUntil === null || Date.parse(script.validUntil) > at);
}

/** What decides whether a script was written for this customer. */
export type Her = { stageId: string | null; tagIds: readonly string[] };

export function suits({ suits: { stageIds, tagIds } }: Script, her: Her): boolean {
  return (
    (stageIds.length === 0 || (her.stageId !== null && stageIds.includes(her.stageId))) &&
    (tagIds.length === 0 || tagIds.some((tagId) => her.tagIds.includes(tagId)))
  );
}

/** Her own, and what she has marked or sent before, a guide finds whoever is in front of her. */
const forAnybody: ReadonlySet<ScopeName> = new Set(['personal', 'favourites', 'recents']);

/** Of the scripts of a scope, with a customer, those that were written for somebody like her. */
export function writtenFor(scripts: readonly Script[], scope: Scope, her: Her | null): readonly Script[] {
  return her === null || forAnybody.has(scope.name) ? scripts : scripts.filter((script) => suits(script, her));
}

/** The scripts of a scope in the order to browse them: recents and favourites as the guide made them, all else by how much it is used. */
export function browse(library: Library, mine: MyLibrary, scope: Scope, at: number): Script[] {
  const scripts = library.scripts.filter(scopeFilter(library, mine, scope, at));
  const given = scope.name === 'recents' ? mine.recents.map((one) => one.scriptId) : scope.name === 'favourites' ? mine.favourites : null;
  if (given) {
    const place = new Map(given.map((scriptId, index) => [scriptId, index]));
    return scripts.sort((a, b) => (place.get(a.scriptId) ?? 0) - (place.get(b.scriptId) ?? 0));
  }
  return scripts.sort((a, b) => b.uses30d - a.uses30d || (a.publishedAt < b.publishedAt ? 1 : a.publishedAt > b.publishedAt ? -1 : 0));
}

/** How much a script is lifted in a search: what this guide used last, then favourites. At most 1.15, so a body never passes a title. */
export function searchBoost(mine: MyLibrary): (scriptId: string) => number {
  const boosts = new Map<string, number>();
  for (const scriptId of mine.favourites) boosts.set(scriptId, 1.05);
  for (const [index, { scriptId }] of mine.recents.entries()) boosts.set(scriptId, Math.max(1.15 - index * 0.005, 1.05));
  return (scriptId) => boosts.get(scriptId) ?? 1;
}
