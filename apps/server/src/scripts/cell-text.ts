/** What a table's file format would not give back as it was: control characters, a lone CR, Excel's own `_x000D_`. */
// oxlint-disable-next-line no-control-regex
const unsafe = /[\\\r\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g;

function escaped(character: string): string {
  if (character === '\\') return '\\\\';
  if (character === '\r') return '\\r';
  if (character === '\n') return '\\n';
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A text in a cell: itself, but for a few characters behind a backslash. */
export const writeText = (text: string): string => text.replaceAll(unsafe, escaped);

export function readText(cell: string): string {
  return cell.replaceAll(/\\(?:u([0-9A-Fa-f]{4})|([\s\S]))/g, (whole, code: string | undefined, sign: string | undefined) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    if (sign === 'n') return '\n';
    if (sign === 'r') return '\r';
    return sign !== undefined && /[\\；;=/：\s]/.test(sign) ? sign : whole;
  });
}

/** On one line, with these separators and the outer spaces behind a backslash too. */
export function writeItem(text: string, separators = '；;'): string {
  const line = writeText(text).replaceAll('\n', '\\n');
  const inner = [...line].map((character) => (separators.includes(character) ? `\\${character}` : character)).join('');
  return inner.replaceAll(/^\s|\s$/g, (space) => `\\u${space.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Splits at separators that no backslash stands before; what is read is still escaped. */
export function splitAt(cell: string, separators: string): string[] {
  const pieces: string[] = [''];
  for (let at = 0; at < cell.length; at += 1) {
    const character = cell.charAt(at);
    if (character === '\\') {
      pieces[pieces.length - 1] += cell.slice(at, at + 2);
      at += 1;
    } else if (separators.includes(character)) pieces.push('');
    else pieces[pieces.length - 1] += character;
  }
  return pieces;
}

export const writeList = (items: readonly string[]): string => items.map((item) => (item === '' ? '\\u0020' : writeItem(item))).join('；');

export function readList(cell: string): string[] {
  return splitAt(cell, '；;\n')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .map(readText);
}
