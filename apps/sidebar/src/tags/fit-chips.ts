/**
 * How many chips of one row can be shown. When not all fit, room is kept for `+n`, which is `moreWidth` wide.
 * At least one is shown, cut off if it must be.
 */
export function fitChips(widths: readonly number[], available: number, moreWidth: number, gap: number): number {
  const total = (count: number) => widths.slice(0, count).reduce((sum, width) => sum + width, 0) + gap * Math.max(0, count - 1);
  if (total(widths.length) <= available) return widths.length;
  let count = widths.length - 1;
  while (count > 1 && total(count) + gap + moreWidth > available) count -= 1;
  return Math.max(count, Math.min(1, widths.length));
}
