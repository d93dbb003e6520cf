import { readText, splitAt, writeItem } from './cell-text.ts';

export type Named = { id: string; name: string };

/** Ids by the names that people know them by. Where two are called alike, and where a name is gone, `#id` says which. */
export type NameBook = { write: (ids: readonly string[]) => string; read: (cell: string) => { ids: string[]; unknown: string[] } };

export function nameBook(named: readonly Named[], shortName?: (one: Named) => string): NameBook {
  const byName = Map.groupBy(named, ({ name }) => name);
  const byShort = Map.groupBy(named, (one) => shortName?.(one) ?? one.name);
  const byId = new Map(named.map((one) => [one.id, one]));
  const written = (id: string) => {
    const name = byId.get(id)?.name;
    if (name === undefined) return `#${writeItem(id)}`;
    return byName.get(name)?.length === 1 && !name.includes('#') ? writeItem(name) : `${writeItem(name)}#${writeItem(id)}`;
  };
  return {
    write: (ids) => ids.map(written).join('；'),
    read(cell) {
      const ids: string[] = [];
      const unknown: string[] = [];
      for (const piece of splitAt(cell, '；;\n')) {
        const asked = piece.trim();
        if (asked === '') continue;
        const [name = '', id] = asked.includes('#')
          ? [asked.slice(0, asked.lastIndexOf('#')), asked.slice(asked.lastIndexOf('#') + 1)]
          : [asked];
        const plain = readText(name);
        const found = byName.get(plain) ?? byShort.get(plain);
        if (id !== undefined) ids.push(readText(id));
        else if (found?.length === 1 && found[0]) ids.push(found[0].id);
        else unknown.push(plain);
      }
      return { ids, unknown };
    },
  };
}

/** `公司/新客欢迎` of a folder and the other way round. */
export const writeFolder = (path: readonly string[]): string => path.map((name) => writeItem(name, '；;/')).join('/');
export const readFolder = (cell: string): string[] =>
  splitAt(cell, '/')
    .map((name) => readText(name.trim()))
    .filter((name) => name !== '');
