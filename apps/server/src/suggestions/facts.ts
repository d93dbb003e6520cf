import { dayMs, dayOf } from '../corp-time.ts';
import { isValidAt } from '../scripts/script-scope.ts';
import type { DueTask, Situation } from './situation.ts';
import type { Candidate } from './suggestion-index.ts';

/** What speaks for a script right now. Each is a fact that can be said to the guide. */
export type Fact =
  | { kind: 'task'; task: DueTask }
  | { kind: 'answer'; word: string; at: Date }
  | { kind: 'sinceOrder'; days: number; item: string }
  | { kind: 'sinceFollow'; days: number }
  | { kind: 'silent'; days: number }
  | { kind: 'ending'; days: number; until: Date }
  | { kind: 'fit'; stage: string | null; tags: string[] };

/** The rule: what is due first, then what answers her, then what its day has come for, then what fits. */
const weights = { task: 2000, answer: 800, sinceOrder: 600, sinceFollow: 500, silent: 400, ending: 300, fit: 0 } as const;
const stageWeight = 100;
const tagWeight = 60;
const mostTags = 3;
const endingDays = 3;
const repeatDays = 30;

export type Days = {
  sinceFollow: number;
  sinceOrder: number | null;
  silent: number | null;
  /** What reached her after this instant is not said again. */
  repeatFrom: string;
};

/** Whole days of the corp's calendar, counted once for all scripts. */
export function daysOf(situation: Situation): Days {
  const { now, timeZone, followedAt, lastOrder, lastEngagedAt } = situation;
  const today = dayOf(now, timeZone);
  return {
    sinceFollow: today - dayOf(followedAt, timeZone),
    sinceOrder: lastOrder === null ? null : today - dayOf(new Date(lastOrder.at), timeZone),
    silent: lastEngagedAt === null ? null : today - dayOf(lastEngagedAt, timeZone),
    repeatFrom: new Date(now.getTime() - repeatDays * dayMs).toISOString(),
  };
}

const within = (window: [number, number] | null, days: number | null) =>
  window !== null && days !== null && days >= window[0] && days <= window[1];

/** The strongest fact that speaks for this script, apart from tasks and answers; null when its conditions exclude her. */
export function factFor({ stored }: Candidate, situation: Situation, days: Days): Fact | null {
  const { fit, validUntil } = stored;
  const { stage, tags, now } = situation;
  const stageFits = stage !== null && fit.stageIds.includes(stage.stageId);
  const shared: string[] = [];
  for (const tagId of fit.tagIds) {
    const name = tags.get(tagId);
    if (name !== undefined) shared.push(name);
  }
  if ((fit.stageIds.length > 0 && !stageFits) || (fit.tagIds.length > 0 && shared.length === 0)) return null;
  if (within(fit.daysSinceOrder, days.sinceOrder) && situation.lastOrder)
    return { kind: 'sinceOrder', days: days.sinceOrder ?? 0, item: situation.lastOrder.item };
  if (within(fit.daysSinceFollow, days.sinceFollow)) return { kind: 'sinceFollow', days: days.sinceFollow };
  if (fit.silentDays !== null && days.silent !== null && days.silent >= fit.silentDays) return { kind: 'silent', days: days.silent };
  // Its day is not today: a first-week greeting says nothing to somebody of two years.
  if (fit.daysSinceOrder !== null || fit.daysSinceFollow !== null || fit.silentDays !== null) return null;
  const left = validUntil === null ? Infinity : Math.ceil((validUntil.getTime() - now.getTime()) / dayMs);
  if (validUntil !== null && left <= endingDays) return { kind: 'ending', days: left, until: validUntil };
  return { kind: 'fit', stage: stageFits ? (stage?.name ?? null) : null, tags: shared };
}

/** Sent within 30 days: not again, whatever fits. */
export function reachedLately(scriptId: string, { sentScripts }: Situation, { repeatFrom }: Days): boolean {
  const sentAt = sentScripts[scriptId];
  // Both are UTC to the millisecond, so their text is in the order of time.
  return sentAt !== undefined && sentAt > repeatFrom;
}

export function mayBeShown(candidate: Candidate, situation: Situation): boolean {
  if (candidate.script.purpose === 'marketing' && situation.optedOut) return false;
  return isValidAt(candidate.stored, situation.now);
}

/** Higher is earlier. The weight of the fact decides; the rest orders scripts for which the same fact speaks. */
export function scoreOf(candidate: Candidate, fact: Fact, situation: Situation, days: Days): number {
  const { script, variables, popularity } = candidate;
  const marketing = script.purpose === 'marketing';
  let score: number = weights[fact.kind] + popularity;
  if (fact.kind === 'fit') score += (fact.stage === null ? 0 : stageWeight) + tagWeight * Math.min(mostTags, fact.tags.length);
  if (situation.sentScripts[script.scriptId] === undefined) score += 40;
  const uses = situation.guideUses.get(script.scriptId);
  if (uses !== undefined) score += Math.min(30, 10 * Math.log2(1 + uses));
  // Somebody who wrote this week hears an offer gladly; somebody silent for a month rather hears something useful.
  if (marketing && days.silent !== null) score += days.silent <= 7 ? 20 : days.silent > 30 ? -40 : 0;
  if (variables.some((variable) => !situation.variables[variable])) score -= 50;
  if (marketing && situation.marketingBlocked && fact.kind !== 'task') score -= 700;
  return score;
}
