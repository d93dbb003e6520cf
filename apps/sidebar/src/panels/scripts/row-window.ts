/** A long list of rows of one height, of which one may be unfolded by `extra` pixels. */
export type RowList = { count: number; rowHeight: number; unfolded: { index: number; extra: number } | null };

/** Which rows to draw, `[first, last)`, and the empty space that stands for the others. */
export type RowWindow = { first: number; last: number; before: number; after: number };

/** Distance from the top of the list to the top of a row. */
export function topOf({ rowHeight, unfolded }: RowList, index: number): number {
  return index * rowHeight + (unfolded && unfolded.index < index ? unfolded.extra : 0);
}

function rowAt({ rowHeight, unfolded }: RowList, y: number): number {
  if (!unfolded || y < (unfolded.index + 1) * rowHeight) return Math.floor(y / rowHeight);
  return Math.max(unfolded.index, Math.floor((y - unfolded.extra) / rowHeight));
}

/**
 * The rows within a view and `spare` more on each side. `listTop` is where the list begins, seen from the top of the view: negative once
 * it is scrolled past.
 */
export function rowWindow(list: RowList, view: { listTop: number; height: number; spare: number }): RowWindow {
  const { count, rowHeight, unfolded } = list;
  const clamp = (index: number) => Math.min(Math.max(index, 0), count);
  const first = clamp(rowAt(list, -view.listTop) - view.spare);
  const last = Math.max(first, clamp(rowAt(list, view.height - view.listTop) + 1 + view.spare));
  const whole = count * rowHeight + (unfolded && unfolded.index < count ? unfolded.extra : 0);
  return { first, last, before: topOf(list, first), after: whole - topOf(list, last) };
}
