import type { FilmName } from '../art/films.ts';
import type { PaperName } from '../art/papers.ts';
import type { PictureName } from '../art/pictures.ts';
import type { StageKey } from '../stages.ts';

/** A part as an operator would put it together: files by name, not yet stored. */
export type PartDraft =
  | { kind: 'text'; text: string }
  | { kind: 'image'; picture: PictureName }
  | { kind: 'video'; film: FilmName }
  | { kind: 'file'; paper: PaperName }
  | { kind: 'link'; title: string; description: string; path: string; cover: PictureName | null }
  | { kind: 'miniprogram'; title: string; page: string; cover: PictureName };

/** To whom and when it fits. Days are inclusive; nothing named means anybody, any day. */
export type FitDraft = {
  stages?: readonly StageKey[];
  tags?: readonly string[];
  answers?: readonly string[];
  daysSinceFollow?: [number, number];
  daysSinceOrder?: [number, number];
  /** Words of which one stands in the name of what she bought last. */
  orderItems?: readonly string[];
  /** Months, 1–12. */
  season?: readonly number[];
  silentDays?: number;
};

export type ScriptDraft = {
  title: string;
  /** Other words guides look for it by, separated by spaces. */
  keywords: string;
  parts: PartDraft[];
  /** Counts against the caps. Everything else is service. */
  marketing?: true;
  fit?: FitDraft;
  /** It is over after so many days. */
  endsInDays?: number;
  /** How long guides have had it; 150 days if not said. */
  publishedDaysAgo?: number;
};

/** The scripts of one folder, by a key that never changes: the script's id follows from it. */
export type FolderDrafts = Readonly<Record<string, ScriptDraft>>;

/** The brand's mini-program, linked to the corp. */
export const miniProgramId = 'wx5a3f0c9b7e2d4186';

export const text = (words: string): PartDraft => ({ kind: 'text', text: words });
export const image = (picture: PictureName): PartDraft => ({ kind: 'image', picture });
export const video = (film: FilmName): PartDraft => ({ kind: 'video', film });
export const file = (paper: PaperName): PartDraft => ({ kind: 'file', paper });
export const link = (title: string, description: string, path: string, cover: PictureName | null = null): PartDraft => ({
  kind: 'link',
  title,
  description,
  path,
  cover,
});
export const miniprogram = (title: string, page: string, cover: PictureName): PartDraft => ({ kind: 'miniprogram', title, page, cover });
