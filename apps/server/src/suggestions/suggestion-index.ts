import { shortestAnswer } from '../scripts/answer-words.ts';
import type { CatalogueScript, ScriptCatalogue } from '../scripts/script-catalogue.ts';
import type { Principal } from '../feature.ts';
import { dayWindows, type DayWindows } from './day-windows.ts';

export type Candidate = CatalogueScript & {
  folderName: string;
  /** How much everybody uses it: what decides between scripts that fit equally well. */
  popularity: number;
  /** Its dates in milliseconds, because they are compared for every candidate of every panel. */
  fromMs: number;
  untilMs: number;
};

/** What is meant for the same people, by when it is: each list is cut to the scripts that are used most. */
export type Shelf = {
  anyDay: readonly Candidate[];
  followDays: DayWindows<Candidate>;
  orderDays: DayWindows<Candidate>;
  /** From so many days of silence on. */
  silentDays: DayWindows<Candidate>;
};

/**
 * Scripts by what can make them fit. A request looks into a few short lists instead of scoring the whole library. What is meant for others takes no place in
 * them, however much it is used.
 */
export type SuggestionIndex = {
  answers: Map<string, Candidate[]>;
  /** The first characters of every word that somebody answers: most of what she wrote ends there. */
  answerStarts: Set<string>;
  /** By `forStageAndTag` and `forBuyersOf`. */
  shelves: Map<string, Shelf>;
  /** The words of products that scripts speak of. */
  products: readonly string[];
  /** Soonest first. */
  ending: Candidate[];
};

const any = '';
/** Whom a script is meant for; without a stage, or without a tag, those of any. */
export const forStageAndTag = (stageId: string = any, tagId: string = any): string => `${stageId}\n${tagId}`;
export const forBuyersOf = (word: string): string => `bought\n\n${word}`;

/** A script for nearly everybody is not worth a place under each pair of a stage and a tag. */
const mostPairs = 100;

function placesOf({ stored: { fit } }: Candidate): string[] {
  const { stageIds, tagIds, orderItems = [] } = fit;
  if (orderItems.length > 0) return orderItems.map(forBuyersOf);
  const stages = stageIds.length === 0 || stageIds.length * tagIds.length > mostPairs ? [any] : stageIds;
  return stages.flatMap((stageId) => (tagIds.length === 0 ? [any] : tagIds).map((tagId) => forStageAndTag(stageId, tagId)));
}

export type SuggestionIndexes = {
  byId: ReadonlyMap<string, Candidate>;
  company: SuggestionIndex;
  stores: Map<string, SuggestionIndex>;
  personal: Map<string, SuggestionIndex>;
};

const listLength = 16;

function into(lists: Map<string, Candidate[]>, key: string, candidate: Candidate, most = Infinity): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [candidate]);
  else if (list.length < most) list.push(candidate);
}

const windowsOf = (candidates: readonly Candidate[], field: 'daysSinceFollow' | 'daysSinceOrder') =>
  dayWindows(
    candidates.flatMap((candidate) => {
      const window = candidate.stored.fit[field];
      return window === null ? [] : [{ window, of: candidate }];
    }),
    listLength,
  );

const wakeUps = (candidates: readonly Candidate[]) =>
  dayWindows(
    candidates.flatMap((candidate) => {
      const { silentDays } = candidate.stored.fit;
      return silentDays === null ? [] : [{ window: [silentDays, Infinity] as const, of: candidate }];
    }),
    listLength,
  );

/** On whatever day; but what answers a question, and says no more of whom it is for, waits for the question. */
const isForAnyDay = ({ stored: { fit } }: Candidate) =>
  fit.daysSinceFollow === null &&
  fit.daysSinceOrder === null &&
  fit.silentDays === null &&
  (fit.answers.length === 0 || fit.stageIds.length > 0 || fit.tagIds.length > 0);

const shelfOf = (candidates: readonly Candidate[]): Shelf => ({
  anyDay: candidates.filter(isForAnyDay).slice(0, listLength),
  followDays: windowsOf(candidates, 'daysSinceFollow'),
  orderDays: windowsOf(candidates, 'daysSinceOrder'),
  silentDays: wakeUps(candidates),
});

/** `candidates`: those that may be shown now, the most used first. */
function indexOf(candidates: readonly Candidate[]): SuggestionIndex {
  const answers = new Map<string, Candidate[]>();
  const answerStarts = new Set<string>();
  const shelves = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    for (const word of candidate.stored.fit.answers) {
      if (word.length < shortestAnswer) continue;
      into(answers, word, candidate, listLength);
      answerStarts.add(word.slice(0, shortestAnswer));
    }
    for (const place of placesOf(candidate)) into(shelves, place, candidate);
  }
  return {
    answers,
    answerStarts,
    shelves: new Map([...shelves].map(([place, those]) => [place, shelfOf(those)])),
    products: [...new Set(candidates.flatMap(({ stored }) => stored.fit.orderItems ?? []))],
    ending: candidates
      .filter(({ stored }) => stored.validUntil !== null)
      .sort((a, b) => a.untilMs - b.untilMs)
      .slice(0, listLength),
  };
}

/** Where nothing was used yet, the newest. */
function mostUsedFirst(a: Candidate, b: Candidate): number {
  return (
    b.popularity - a.popularity ||
    b.stored.publishedAt.getTime() - a.stored.publishedAt.getTime() ||
    (a.script.scriptId < b.script.scriptId ? -1 : 1)
  );
}

function buildIndexes(catalogue: ScriptCatalogue): SuggestionIndexes {
  const folderNames = new Map(catalogue.folders.map((folder) => [folder.folderId, folder.name]));
  const candidates = catalogue.scripts
    .map((one) => ({
      ...one,
      folderName: folderNames.get(one.script.folderId) ?? '',
      popularity: Math.min(30, 3 * Math.log2(1 + one.script.uses30d)),
      fromMs: one.stored.validFrom?.getTime() ?? -Infinity,
      untilMs: one.stored.validUntil?.getTime() ?? Infinity,
    }))
    .sort(mostUsedFirst);
  const byId = new Map(candidates.map((candidate) => [candidate.script.scriptId, candidate]));
  const company: Candidate[] = [];
  const stores = new Map<string, Candidate[]>();
  const personal = new Map<string, Candidate[]>();
  const shelve = (shelves: Map<string, Candidate[]>, key: string, candidate: Candidate) => {
    const shelf = shelves.get(key);
    if (shelf) shelf.push(candidate);
    else shelves.set(key, [candidate]);
  };
  // What is over, or not yet, would take the places of what can be said: the catalogue is made anew at every date of its scripts.
  for (const candidate of candidates.filter(({ fromMs, untilMs }) => fromMs <= catalogue.datedAt && catalogue.datedAt < untilMs)) {
    const { scope, storeIds, ownerUserId } = candidate.stored;
    if (scope === 'company') company.push(candidate);
    else if (scope === 'personal') shelve(personal, ownerUserId ?? '', candidate);
    else for (const storeId of storeIds) shelve(stores, storeId, candidate);
  }
  const indexed = (shelves: Map<string, Candidate[]>) => new Map([...shelves].map(([key, shelf]) => [key, indexOf(shelf)]));
  return { byId, company: indexOf(company), stores: indexed(stores), personal: indexed(personal) };
}

const built = new WeakMap<ScriptCatalogue, SuggestionIndexes>();

/** Built once for each state of the library. */
export function suggestionIndexes(catalogue: ScriptCatalogue): SuggestionIndexes {
  const known = built.get(catalogue);
  if (known) return known;
  const indexes = buildIndexes(catalogue);
  built.set(catalogue, indexes);
  return indexes;
}

/** The parts of the library that this staff member sees. */
export function indexesFor(indexes: SuggestionIndexes, who: Pick<Principal, 'staffUserId' | 'storeId'>): SuggestionIndex[] {
  const store = who.storeId === null ? undefined : indexes.stores.get(who.storeId);
  const personal = indexes.personal.get(who.staffUserId);
  return [indexes.company, ...(store ? [store] : []), ...(personal ? [personal] : [])];
}
