import { palettes, pictures, portraits } from './motifs.ts';

const motifs = { ...portraits, ...pictures };

/** Every avatar a customer may have, `<motif>-<palette>`: mostly pictures, as on WeChat. */
export const avatarIds: readonly string[] = [...Object.keys(pictures), 'bun', 'bob', 'ponytail'].flatMap((motif) =>
  palettes.map((_, n) => `${motif}-${n}`),
);

/** A square SVG for an id like `flower-1`; null when there is no such motif or palette. */
export function avatarSvg(id: string): string | null {
  const [motif = '', number = ''] = id.split('-');
  const draw = Object.hasOwn(motifs, motif) ? motifs[motif] : undefined;
  const palette = palettes[Number(number)];
  if (!draw || !palette) return null;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96"><rect width="96" height="96" fill="${palette.ground}"/>${draw(palette)}</svg>`;
}
