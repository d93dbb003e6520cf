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
 * Works character by character, so that `foldWithOffsets` can lead back to the original.
 */
export function fold(text: string): string {
  return text.replace(unusual, foldCharacter).toLowerCase();
}

/** `fold` with, for each UTF-16 unit of the folded text, the original character it came from, as `[from, to)`. */
export function foldWithOffsets(text: string): { text: string; from: number[]; to: number[] } {
  const from: number[] = [];
  const to: number[] = [];
  let folded = '';
  let at = 0;
  for (const character of text) {
    const piece = isPlain(character.charCodeAt(0)) ? character.toLowerCase() : fold(character);
    folded += piece;
    for (let i = 0; i < piece.length; i++) {
      from.push(at);
      to.push(at + character.length);
    }
    at += character.length;
  }
  return { text: folded, from, to };
}
