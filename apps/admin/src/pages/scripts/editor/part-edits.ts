import type { MediaRef, Part, PartKind } from '@nextline/contract';

export const mostParts = 9;

/** Moves the part at `from` so that it stands at `to`, counted before it is taken out: dropping on itself or behind itself changes nothing. */
export function movePart<One>(parts: readonly One[], from: number, to: number): One[] {
  const part = parts[from];
  if (part === undefined) return [...parts];
  const rest = parts.toSpliced(from, 1);
  return rest.toSpliced(to > from ? to - 1 : to, 0, part);
}

/** What a new message of a kind begins as; null: it begins with a file, which must be chosen first. */
export function newPart(kind: PartKind): Part | null {
  if (kind === 'text') return { kind, text: '' };
  if (kind === 'link') return { kind, title: '', description: '', url: '', cover: null };
  return null;
}

/** A message of a kind that begins with a file: the file itself, or a mini program by its cover. */
export function partWithMedia(kind: PartKind, media: MediaRef): Part | null {
  if (kind === 'image' || kind === 'video' || kind === 'file') return { kind, media };
  if (kind === 'miniprogram') return { kind, title: '', appId: '', page: '', cover: media };
  return null;
}

/** Which files a kind begins with. */
export const mediaKindOf = (kind: PartKind): 'image' | 'video' | 'file' => (kind === 'video' || kind === 'file' ? kind : 'image');
