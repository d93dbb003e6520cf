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

/**
 * Scripts by what can make them fit. A request looks into a few short lists instead of scoring the whole library: each list is cut to the
 * scripts that are used most.
 */
export type SuggestionIndex = {
  answers: Map<string, Candidate[]>;
  /** The first characters of every word that somebody answers: most of what she wrote ends there. */
  answerStarts: Set<string>;
  stages: Map<string, Candidate[]>;
  tags: Map<string, Candidate[]>;
  followDays: DayWindows<Candidate>;
  orderDays: DayWindows<Candidate>;
  /** Meant for whoever bought something certain, on whatever day. */
  buyers: Candidate[];
  wakeUps: Candidate[];
  /** The shortest silence in days that any of them is meant for. */
  wakeUpsFrom: number;
  /** Soonest first. */
  ending: Candidate[];
  anybody: Candidate[];
};

export type SuggestionIndexes = {
  byId: ReadonlyMap<string, Candidate>;
  company: SuggestionIndex;
  stores: Map<string, SuggestionIndex>;
  personal: Map<string, SuggestionIndex>;
};

const listLength = 16;

function into<K>(lists: Map<K, Candidate[]>, key: K, candidate: Candidate): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [candidate]);
  else if (list.length < listLength) list.push(candidate);
}

const windowsOf = (candidates: readonly Candidate[], field: 'daysSinceFollow' | 'daysSinceOrder') =>
  dayWindows(
    candidates.flatMap((candidate) => {
      const window = candidate.stored.fit[field];
      return window === null ? [] : [{ window, of: candidate }];
    }),
    listLength,
  );

const suitsAnybody = ({ stored: { fit } }: Candidate) =>
  fit.stageIds.length === 0 &&
  fit.tagIds.length === 0 &&
  fit.answers.length === 0 &&
  fit.daysSinceFollow === null &&
  fit.daysSinceOrder === null &&
  fit.silentDays === null;

/** `candidates`: those that may be shown now, the most used first. */
function indexOf(candidates: readonly Candidate[]): SuggestionIndex {
  const answers = new Map<string, Candidate[]>();
  const answerStarts = new Set<string>();
  const stages = new Map<string, Candidate[]>();
  const tags = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const { fit } = candidate.stored;
    for (const word of fit.answers) {
      if (word.length < shortestAnswer) continue;
      into(answers, word, candidate);
      answerStarts.add(word.slice(0, shortestAnswer));
    }
    for (const stageId of fit.stageIds) into(stages, stageId, candidate);
    for (const tagId of fit.tagIds) into(tags, tagId, candidate);
  }
  const general = candidates.filter(suitsAnybody);
  const isOfOrders = ({ stored }: Candidate) => (stored.fit.orderItems ?? []).length > 0;
  const wakeUps = candidates.filter(({ stored }) => stored.fit.silentDays !== null).slice(0, listLength);
  return {
    answers,
    answerStarts,
    stages,
    tags,
    followDays: windowsOf(candidates, 'daysSinceFollow'),
    orderDays: windowsOf(candidates, 'daysSinceOrder'),
    buyers: general.filter(isOfOrders).slice(0, listLength),
    wakeUps,
    wakeUpsFrom: Math.min(Infinity, ...wakeUps.map(({ stored }) => stored.fit.silentDays ?? Infinity)),
    ending: candidates
      .filter(({ stored }) => stored.validUntil !== null)
      .sort((a, b) => a.untilMs - b.untilMs)
      .slice(0, listLength),
    anybody: general.filter((candidate) => !isOfOrders(candidate)).slice(0, listLength),
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
