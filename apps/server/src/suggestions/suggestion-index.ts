import { shortestAnswer } from '../scripts/answer-words.ts';
import type { CatalogueScript, ScriptCatalogue } from '../scripts/script-catalogue.ts';
import type { Principal } from '../feature.ts';

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
  followDays: Map<number, Candidate[]>;
  orderDays: Map<number, Candidate[]>;
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
const longestWindowDays = 400;

const emptyIndex = (): SuggestionIndex => ({
  answers: new Map(),
  answerStarts: new Set(),
  stages: new Map(),
  tags: new Map(),
  followDays: new Map(),
  orderDays: new Map(),
  buyers: [],
  wakeUps: [],
  wakeUpsFrom: Infinity,
  ending: [],
  anybody: [],
});

function into<K>(lists: Map<K, Candidate[]>, key: K, candidate: Candidate): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [candidate]);
  else if (list.length < listLength) list.push(candidate);
}

function intoDays(lists: Map<number, Candidate[]>, window: [number, number] | null, candidate: Candidate): void {
  if (window === null) return;
  for (let day = Math.max(0, window[0]); day <= Math.min(longestWindowDays, window[1]); day += 1) into(lists, day, candidate);
}

function add(index: SuggestionIndex, candidate: Candidate): void {
  const { fit, validUntil } = candidate.stored;
  for (const word of fit.answers) {
    if (word.length < shortestAnswer) continue;
    into(index.answers, word, candidate);
    index.answerStarts.add(word.slice(0, shortestAnswer));
  }
  for (const stageId of fit.stageIds) into(index.stages, stageId, candidate);
  for (const tagId of fit.tagIds) into(index.tags, tagId, candidate);
  intoDays(index.followDays, fit.daysSinceFollow, candidate);
  intoDays(index.orderDays, fit.daysSinceOrder, candidate);
  if (fit.silentDays !== null && index.wakeUps.length < listLength) {
    index.wakeUps.push(candidate);
    index.wakeUpsFrom = Math.min(index.wakeUpsFrom, fit.silentDays);
  }
  if (validUntil !== null) index.ending.push(candidate);
  const anyDay = fit.daysSinceFollow === null && fit.daysSinceOrder === null && fit.silentDays === null;
  const general = fit.stageIds.length === 0 && fit.tagIds.length === 0 && anyDay && fit.answers.length === 0;
  if (!general) return;
  const list = (fit.orderItems ?? []).length > 0 ? index.buyers : index.anybody;
  if (list.length < listLength) list.push(candidate);
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
  const indexes: SuggestionIndexes = { byId, company: emptyIndex(), stores: new Map(), personal: new Map() };
  const within = (lists: Map<string, SuggestionIndex>, key: string | null) => {
    const known = lists.get(key ?? '');
    if (known) return known;
    const index = emptyIndex();
    lists.set(key ?? '', index);
    return index;
  };
  for (const candidate of candidates) {
    const { scope, storeIds, ownerUserId } = candidate.stored;
    if (scope === 'company') add(indexes.company, candidate);
    else if (scope === 'personal') add(within(indexes.personal, ownerUserId), candidate);
    else for (const storeId of storeIds) add(within(indexes.stores, storeId), candidate);
  }
  for (const index of [indexes.company, ...indexes.stores.values(), ...indexes.personal.values()]) {
    index.ending.sort((a, b) => a.untilMs - b.untilMs);
    index.ending.splice(listLength);
  }
  return indexes;
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
