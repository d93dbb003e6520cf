/** What a spreadsheet might take for a formula when it opens the file, also behind spaces and in full width; and our own mark itself. */
const looksLikeFormula = /^(?:\s*['=+\-@＝＋－＠]|[\t\r\n])/;

/** Puts `'` before a text that a spreadsheet might calculate. `unguarded` gives back exactly what it was. */
export const guarded = (text: string): string => (looksLikeFormula.test(text) ? `'${text}` : text);

export const unguarded = (cell: string): string => (cell.startsWith("'") && looksLikeFormula.test(cell.slice(1)) ? cell.slice(1) : cell);
