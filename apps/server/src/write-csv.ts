/** What a spreadsheet would take for a formula, also in full-width signs, and what makes it look past the first sign. */
const formula = /^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** A cell as CSV holds it: quoted where it must be, and with `'` before it where a spreadsheet would calculate or call it. Numbers are written by us and stay. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One record with its line end. Begin a file with `csvStart`, or Excel reads Chinese as something else. */
export const csvLine = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

export const csvStart = '\uFEFF';
