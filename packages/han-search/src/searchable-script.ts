/** What the index needs to know of a script. */
export type SearchableScript = {
  scriptId: string;
  title: string;
  /** `xin pin shi yong`: one syllable per character of the title, space separated; a character that is not Han stands for itself, lower case. */
  titlePinyin: string;
  keywords: readonly string[];
  /** The text of all parts. */
  body: string;
  folderName: string;
};

/** How a hit was found, best first. */
export type Via = 'title' | 'pinyin' | 'initials' | 'keyword' | 'body' | 'fuzzy';

export type ScriptHit = {
  scriptId: string;
  score: number;
  /** Where to mark the title: `[from, to)` in UTF-16 units, ascending, not overlapping. */
  titleRanges: [number, number][];
  /** Where to mark the body, as above. */
  bodyRange?: [number, number];
  /** `hong bao`: how the marked characters of the title sound, when they were found by their sound. */
  sound?: string;
  via: Via;
};
