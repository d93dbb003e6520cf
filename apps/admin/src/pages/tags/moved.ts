/** The list with one of its items some places further on or back; the same list when there is no such place. */
export function moved<Item>(items: readonly Item[], at: number, by: number): Item[] {
  const item = items[at];
  const to = at + by;
  if (item === undefined || to < 0 || to >= items.length) return [...items];
  return items.toSpliced(at, 1).toSpliced(to, 0, item);
}
