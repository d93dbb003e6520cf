import { dayOf, hourMs } from '../corp-time.ts';
import { longestAnswer, shortestAnswer } from '../scripts/answer-words.ts';
import { ofDay } from './day-windows.ts';
import { type Days, daysOf, type Fact, factFor, isEnding, kindFor, mayBeShown, reachedBy, scoreOf } from './facts.ts';
import type { DueTask, Situation } from './situation.ts';
import { type Candidate, forBuyersOf, forStageAndTag, type SuggestionIndex } from './suggestion-index.ts';

type ScriptById = (scriptId: string) => Candidate | undefined;

export type Ranked = { candidate: Candidate; fact: Fact; score: number };

/** Two are shown, the others are the stock for 换一个. */
const mostCards = 6;

/** A reminder at its time. What is to be done by a time: on that day, or within the next twelve hours when the day is nearly over. */
function isDue(task: DueTask, { now, timeZone }: Situation): boolean {
  if (task.kind === 'reminder') return task.dueAt <= now;
  return dayOf(task.dueAt, timeZone) <= dayOf(now, timeZone) || task.dueAt.getTime() - now.getTime() <= 12 * hourMs;
}

/** Scripts that answer her question, with the word that shows it. Looks up what she wrote, not every word of the library. */
function answersTo(text: string, indexes: SuggestionIndex[]): Map<Candidate, string> {
  const found = new Map<Candidate, string>();
  for (let from = 0; from + shortestAnswer <= text.length; from += 1) {
    const start = text.slice(from, from + shortestAnswer);
    for (const index of indexes) {
      if (!index.answerStarts.has(start)) continue;
      for (let length = shortestAnswer; length <= longestAnswer && from + length <= text.length; length += 1) {
        const word = text.slice(from, from + length);
        for (const candidate of index.answers.get(word) ?? []) {
          const known = found.get(candidate);
          if (known === undefined || known.length < word.length) found.set(candidate, word);
        }
      }
    }
  }
  return found;
}

/** What is not offered, whatever fits: what has reached her lately, and what the guide wants back later. */
function notNow(lately: ReadonlySet<Candidate>, later: readonly DueTask[], scriptById: ScriptById): ReadonlySet<Candidate> {
  const putOff = later.flatMap(({ kind, scriptId }) => (kind === 'reminder' && scriptId !== null ? (scriptById(scriptId) ?? []) : []));
  return putOff.length === 0 ? lately : new Set([...lately, ...putOff]);
}

function candidatesFor(situation: Situation, days: Days, indexes: SuggestionIndex[]): Set<Candidate> {
  const set = new Set<Candidate>();
  const take = (list: readonly Candidate[] | undefined) => {
    if (list) for (const candidate of list) set.add(candidate);
  };
  const tagIds = [undefined, ...situation.tags.keys()];
  const stageIds = situation.stage === null ? [undefined] : [undefined, situation.stage.stageId];
  const places = stageIds.flatMap((stageId) => tagIds.map((tagId) => forStageAndTag(stageId, tagId)));
  for (const index of indexes) {
    const bought = index.products.filter((word) => situation.lastOrder?.item.includes(word)).map(forBuyersOf);
    for (const place of [...places, ...bought]) {
      const shelf = index.shelves.get(place);
      if (shelf === undefined) continue;
      take(shelf.anyDay);
      take(ofDay(shelf.followDays, days.sinceFollow));
      if (days.sinceOrder !== null) take(ofDay(shelf.orderDays, days.sinceOrder));
      take(ofDay(shelf.silentDays, days.silent));
    }
    for (const candidate of index.ending) {
      if (!isEnding(candidate, days)) break;
      set.add(candidate);
    }
  }
  return set;
}

/**
 * What to say next, best first, at most six: slot 1 is what is due, then what answers her open question, then what its day has come for,
 * then what fits her stage and tags. The same input gives the same order, so each card's probability is 1.
 */
export function rankSuggestions(situation: Situation, indexes: SuggestionIndex[], scriptById: ScriptById): Ranked[] {
  const days = daysOf(situation);
  const reached = reachedBy(situation, days, scriptById);
  const best: Contender[] = [];
  const offer = (candidate: Candidate, kind: Fact['kind'], bonus: number, fact: Fact | null) =>
    keepIfBest(best, { candidate, score: scoreOf(candidate, kind, situation, days, reached) + bonus, fact });

  const due = situation.tasks.filter((task) => isDue(task, situation));
  const later = situation.tasks.filter((task) => !due.includes(task));
  const heldBack = notNow(reached.lately, later, scriptById);
  for (const [n, task] of due.entries()) {
    const candidate = task.scriptId === null ? undefined : scriptById(task.scriptId);
    // Due soonest first, whatever else speaks for them.
    if (candidate && mayBeShown(candidate, situation, days)) offer(candidate, 'task', 100 * (due.length - n), { kind: 'task', task });
  }
  if (situation.openQuestion) {
    const { at, text } = situation.openQuestion;
    for (const [candidate, word] of answersTo(text, indexes))
      if (mayBeShown(candidate, situation, days) && !heldBack.has(candidate))
        offer(candidate, 'answer', 10 * word.length, { kind: 'answer', word, at: new Date(at) });
  }
  for (const candidate of candidatesFor(situation, days, indexes)) {
    if (!mayBeShown(candidate, situation, days) || heldBack.has(candidate)) continue;
    const kind = kindFor(candidate, situation, days);
    if (kind !== null) offer(candidate, kind, 0, null);
  }
  return best.flatMap(({ candidate, score, fact }) => {
    const spoken = fact ?? factFor(candidate, situation, days);
    return spoken === null ? [] : [{ candidate, score, fact: spoken }];
  });
}

/** `fact` is put into words for the few that are shown; here it is set only where it is not the script's own. */
type Contender = { candidate: Candidate; score: number; fact: Fact | null };

function isBefore(a: Contender, b: Contender): boolean {
  return a.score === b.score ? a.candidate.script.scriptId < b.candidate.script.scriptId : a.score > b.score;
}

/** Keeps the best in order, each script once, for the best that speaks for it. Most of those that are offered end at the first line. */
function keepIfBest(best: Contender[], offered: Contender): void {
  const last = best[mostCards - 1];
  if (last !== undefined && !isBefore(offered, last)) return;
  const known = best.findIndex(({ candidate }) => candidate === offered.candidate);
  if (known !== -1 && (best[known]?.score ?? 0) >= offered.score) return;
  if (known !== -1) best.splice(known, 1);
  const place = best.findIndex((other) => isBefore(offered, other));
  best.splice(place === -1 ? best.length : place, 0, offered);
  if (best.length > mostCards) best.length = mostCards;
}
