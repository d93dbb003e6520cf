// ASCII and the common Han block need no work beyond lower case: everything else goes through Unicode's tables once and is remembered.
const unusual = /[\u0080-\u2fff\u3000\u3130-\u33ff\uf900-\u{10ffff}]/gu;
const isPlain = (code: number): boolean => code < 0x80 || (code >= 0x4e00 && code <= 0x9fff);
const remembered = new Map<string, string>();

function foldCharacter(character: string): string {
  const known = remembered.get(character);
  if (known !== undefined) return known;
  const folded = character
    .normalize('NFKD')
    .replace(/\p{M}|\p{Cf}/gu, '')
    .normalize('NFC')
    .toLowerCase();
  remembered.set(character, folded);
  return folded;
}

/**
 * The form in which texts are compared: NFKC (full width becomes half width), lower case, without accents, joiners and direction marks.
 * Works character by character, so that `beforeFolding` can lead back to the original.
 */
export function fold(text: string): string {
  return text.replace(unusual, foldCharacter).toLowerCase();
}

/** Which characters of the original became the units from `start` to `end` of the folded text: `[from, to)` in UTF-16 units. */
export function beforeFolding(text: string, start: number, end: number): [number, number] | undefined {
  let from: number | undefined;
  let at = 0;
  let folded = 0;
  for (const character of text) {
    folded += isPlain(character.charCodeAt(0)) ? 1 : fold(character).length;
    if (folded > start) from ??= at;
    at += character.length;
    if (folded >= end) return from === undefined ? undefined : [from, at];
  }
  return undefined;
}
