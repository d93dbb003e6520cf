import { collationReader } from './collation-readings.ts';
import { fold } from './fold.ts';

/** One character of a title as the matcher sees it. */
export type Unit = {
  /** Folded; a joined emoji is one unit. */
  text: string;
  /** Ways to type a Han character in latin letters: usually one, two when it has ü. Empty for all else. */
  syllables: readonly string[];
  /** Where it stands in the original, UTF-16. */
  from: number;
  to: number;
  /** Space and punctuation: a query may run across them. */
  gap: 'none' | 'space' | 'punctuation';
  /** False inside a latin word or a number: a match does not begin there. */
  opensWord: boolean;
};

/** Syllables by Han character: what the titles taught, and for the rest what collation says. Gives keywords, which come without pinyin, theirs. */
export type Readings = { of: (character: string) => readonly string[]; learn: (units: readonly Unit[]) => void };

export function createReadings(): Readings {
  const known = new Map<string, readonly string[]>();
  const reader = collationReader();
  return {
    of(character) {
      let syllables = known.get(character);
      if (!syllables) {
        syllables = isHan(character) ? spellings(reader(character) ?? '') : [];
        known.set(character, syllables);
      }
      return syllables;
    },
    // The first reading met stays.
    learn(units) {
      for (const unit of units) if (unit.syllables.length > 0 && !known.has(unit.text)) known.set(unit.text, unit.syllables);
    },
  };
}

export const isHan = (text: string): boolean => /^\p{Script=Han}/u.test(text);
const isAscii = (code: number): boolean => code < 0x80;

function gapOf(text: string): Unit['gap'] {
  const code = text.charCodeAt(0);
  if (code >= 0x4e00 && code <= 0x9fff) return 'none';
  if (/^\s/.test(text)) return 'space';
  return /^[\p{L}\p{N}\p{S}]/u.test(text) ? 'none' : 'punctuation';
}

function wordClass(text: string): 'letter' | 'digit' | 'other' {
  const code = text.charCodeAt(0);
  if (!isAscii(code)) return 'other';
  if (code >= 0x30 && code <= 0x39) return 'digit';
  return code >= 0x61 && code <= 0x7a ? 'letter' : 'other';
}

/** `lü`, `lǚ`, `lu:` and `lv` are typed `lv` or `lu`. */
function spellings(syllable: string): readonly string[] {
  const plain = syllable
    .normalize('NFKD')
    .toLowerCase()
    .replace(/u\u0308|u:/g, 'v')
    .replace(/[^a-z]/g, '');
  if (plain === '') return [];
  return plain.includes('v') ? [plain, plain.replace('v', 'u')] : [plain];
}

/**
 * Deals out the syllables of `titlePinyin` to the Han characters of the title. Tolerates both ways of writing what is not Han
 * (`6 1 8` or `618`) and characters that were left out: those simply have no syllable.
 */
function* syllablesInOrder(pinyin: string): Generator<readonly string[], void, string> {
  const words = pinyin.split(/\s+/).filter((word) => word !== '');
  let word = 0;
  let inside = 0;
  let character = yield [];
  for (;;) {
    if (isHan(character)) {
      if (inside > 0) {
        word += 1;
        inside = 0;
      }
      character = yield spellings(words[word++] ?? '');
    } else {
      const current = fold(words[word] ?? '');
      if (character !== '' && current.startsWith(character, inside)) {
        inside += character.length;
        if (inside >= current.length) {
          word += 1;
          inside = 0;
        }
      }
      character = yield [];
    }
  }
}

/** A title (or a keyword, then without pinyin) as units. Han characters without a given syllable take one from `readings`, if any. */
export function toUnits(text: string, pinyin: string, readings: Readings | null): Unit[] {
  const units: Unit[] = [];
  const syllables = pinyin === '' ? null : syllablesInOrder(pinyin);
  syllables?.next('');
  let at = 0;
  let joins = false;
  for (const character of text) {
    const from = at;
    at += character.length;
    const folded = fold(character);
    const before = units[units.length - 1];
    if (before && (folded === '' || joins)) {
      before.to = at;
      before.text += folded;
      joins = character === '\u200d';
      continue;
    }
    if (folded === '') continue;
    const given = syllables?.next(folded).value ?? [];
    const spoken = given.length > 0 || !readings ? given : readings.of(folded);
    const word = wordClass(folded);
    const opensWord = word === 'other' || !before || before.to !== from || wordClass(before.text) !== word;
    units.push({ text: folded, syllables: spoken, from, to: at, gap: gapOf(folded), opensWord });
  }
  return units;
}

/** `[from, to)` offsets in the original for units `start` to `end` (exclusive), without the gaps between them. */
export function rangesOf(units: readonly Unit[], start: number, end: number): [number, number][] {
  const ranges: [number, number][] = [];
  for (const unit of units.slice(start, end)) {
    if (unit.gap !== 'none') continue;
    const last = ranges[ranges.length - 1];
    if (last && last[1] === unit.from) last[1] = unit.to;
    else ranges.push([unit.from, unit.to]);
  }
  return ranges;
}

/** `hong bao`: the syllables of the Han characters among units `start` to `end` (exclusive). */
export function soundOf(units: readonly Unit[], start: number, end: number): string {
  return units
    .slice(start, end)
    .flatMap((unit) => unit.syllables.slice(0, 1))
    .join(' ');
}
