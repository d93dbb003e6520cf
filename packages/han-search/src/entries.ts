import { fold } from './fold.ts';
import { createGramIndex, type GramIndex } from './gram-index.ts';
import { spell, type Spelling } from './near-match.ts';
import type { SearchableScript } from './searchable-script.ts';
import { learnReadings, toUnits, type Readings, type Unit } from './title-units.ts';

/** A script, prepared for search. */
export type Entry = {
  script: SearchableScript;
  title: Spelling;
  keywords: readonly Spelling[];
  /** The characters a match may begin with, in the title and in the keywords: most scripts are passed over by this alone. */
  titleOpenings: string;
  keywordOpenings: string;
  foldedTitle: string;
  /** Title, keywords and folder, one per line. */
  foldedHead: string;
  foldedBody: string;
};

export type Entries = { list: readonly Entry[]; heads: GramIndex; bodies: GramIndex };

/** Prepares scripts one per step, so that a page can stop between steps; the value at the end is the finished set. */
export function* prepareEntries(scripts: readonly SearchableScript[]): Generator<void, Entries, void> {
  const readings: Readings = new Map();
  const titles: Unit[][] = [];
  // All titles first: their pinyin is what teaches how the keywords are read.
  for (const script of scripts) {
    const units = toUnits(script.title, script.titlePinyin, readings);
    learnReadings(units, readings);
    titles.push(units);
    yield;
  }
  const heads = createGramIndex();
  const bodies = createGramIndex();
  const list: Entry[] = [];
  for (const [at, script] of scripts.entries()) {
    const foldedTitle = fold(script.title);
    const foldedHead = `${foldedTitle}\n${fold(script.keywords.join('\n'))}\n${fold(script.folderName)}`;
    const foldedBody = fold(script.body);
    heads.add(at, foldedHead);
    bodies.add(at, foldedBody);
    const title = titles[at] ?? [];
    const keywords = script.keywords.map((keyword) => toUnits(keyword, '', readings));
    list.push({
      script,
      title: spell(title),
      keywords: keywords.map(spell),
      titleOpenings: openings(title),
      keywordOpenings: openings(keywords.flat()),
      foldedTitle,
      foldedHead,
      foldedBody,
    });
    yield;
  }
  return { list, heads, bodies };
}

function openings(units: readonly Unit[]): string {
  let found = '';
  for (const unit of units) {
    if (!unit.opensWord || unit.gap !== 'none') continue;
    found += unit.text.charAt(0);
    for (const syllable of unit.syllables) found += syllable.charAt(0);
  }
  return found;
}
