import { fold } from './fold.ts';
import { createGramIndex, type GramIndex } from './gram-index.ts';
import { createNarrowing, type Narrowing } from './narrowing.ts';
import type { SearchableScript } from './searchable-script.ts';
import { spell, type Spelling } from './spelling.ts';
import { createReadings, toUnits, type Unit } from './title-units.ts';

/** A script, prepared for search. */
export type Entry = {
  script: SearchableScript;
  title: Spelling;
  foldedTitle: string;
  /** Title, keywords and folder, one per line. */
  foldedHead: string;
  foldedBody: string;
};

/** A keyword or the name of a folder, with the scripts that carry it: many scripts share one, and it is looked at once. */
export type Label = { kind: 'keyword' | 'folder'; spelling: Spelling; carriers: number[] };

export type Entries = {
  list: readonly Entry[];
  labels: readonly Label[];
  /** What is typed, in the titles and in the labels, by their place in the lists. */
  inTitles: Narrowing['find'];
  inLabels: Narrowing['find'];
  heads: GramIndex;
  bodies: GramIndex;
};

/** Prepares scripts one per step, so that a page can stop between steps; the value at the end is the finished set. */
export function* prepareEntries(scripts: readonly SearchableScript[]): Generator<void, Entries, void> {
  const readings = createReadings();
  const titles: Unit[][] = [];
  // All titles first: their pinyin is what teaches how the keywords are read.
  for (const script of scripts) {
    const units = toUnits(script.title, script.titlePinyin, null);
    readings.learn(units);
    titles.push(units);
    yield;
  }

  const heads = createGramIndex();
  const bodies = createGramIndex();
  const labels = new Map<string, Label>();
  const inTitles = createNarrowing();
  const inLabels = createNarrowing();
  const list: Entry[] = [];
  const attach = (kind: Label['kind'], name: string, at: number): void => {
    const label = labels.get(`${kind} ${name}`);
    if (label) return void label.carriers.push(at);
    const spelling = spell(toUnits(name, '', readings));
    labels.set(`${kind} ${name}`, { kind, spelling, carriers: [at] });
    inLabels.add(spelling.units);
  };
  for (const [at, script] of scripts.entries()) {
    const foldedTitle = fold(script.title);
    const foldedHead = `${foldedTitle}\n${fold(script.keywords.join('\n'))}\n${fold(script.folderName)}`;
    const foldedBody = fold(script.body);
    heads.add(at, foldedHead);
    bodies.add(at, foldedBody);
    for (const keyword of script.keywords) attach('keyword', keyword, at);
    attach('folder', script.folderName, at);
    const title = spell(titles[at] ?? []);
    inTitles.add(title.units);
    list.push({ script, title, foldedTitle, foldedHead, foldedBody });
    yield;
  }
  return { list, labels: [...labels.values()], inTitles: inTitles.find, inLabels: inLabels.find, heads, bodies };
}
