import { dayMs, dayOf } from '../corp-time.ts';
import type { DueTask, Situation } from './situation.ts';
import type { Candidate } from './suggestion-index.ts';

/** What speaks for a script right now. Each is a fact that can be said to the guide. */
export type Fact =
  | { kind: 'task'; task: DueTask }
  | { kind: 'answer'; word: string; at: Date }
  | { kind: 'sinceOrder'; days: number; item: string }
  | { kind: 'sinceFollow'; days: number }
  | { kind: 'silent'; days: number }
  | { kind: 'ending'; lastMoment: Date }
  | { kind: 'fit'; stage: string | null; tags: string[]; bought: string | null };

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
  silent: number;
  nowMs: number;
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
    // Somebody who was assigned by an administrator has given no sign of life yet.
    silent: today - dayOf(lastEngagedAt ?? followedAt, timeZone),
    nowMs: now.getTime(),
    repeatFrom: new Date(now.getTime() - repeatDays * dayMs).toISOString(),
  };
}

const within = (window: [number, number] | null, days: number | null) =>
  window !== null && days !== null && days >= window[0] && days <= window[1];

function sharedTags({ stored }: Candidate, { tags }: Situation): number {
  let shared = 0;
  for (const tagId of stored.fit.tagIds) if (tags.has(tagId)) shared += 1;
  return shared;
}

const isOfHerStage = ({ stored }: Candidate, { stage }: Situation) => stage !== null && stored.fit.stageIds.includes(stage.stageId);

/** A script about the serum says nothing to whoever bought sunscreen. */
export function isOfHerOrder({ stored }: Candidate, { lastOrder }: Situation): boolean {
  const { orderItems = [] } = stored.fit;
  return orderItems.length === 0 || (lastOrder !== null && orderItems.some((word) => lastOrder.item.includes(word)));
}

/** Its last days. */
export const isEnding = ({ untilMs }: Candidate, { nowMs }: Days) => untilMs - nowMs <= endingDays * dayMs;

/**
 * Which fact speaks most for this script, apart from tasks and answers; null when its conditions exclude her. Asked of every candidate of every
 * panel, so it makes nothing.
 */
export function kindFor(candidate: Candidate, situation: Situation, days: Days): Exclude<Fact['kind'], 'task' | 'answer'> | null {
  const { fit } = candidate.stored;
  if (fit.stageIds.length > 0 && !isOfHerStage(candidate, situation)) return null;
  if (fit.tagIds.length > 0 && sharedTags(candidate, situation) === 0) return null;
  if (!isOfHerOrder(candidate, situation)) return null;
  if (within(fit.daysSinceOrder, days.sinceOrder)) return 'sinceOrder';
  if (within(fit.daysSinceFollow, days.sinceFollow)) return 'sinceFollow';
  if (fit.silentDays !== null && days.silent >= fit.silentDays) return 'silent';
  // Its day is not today: a first-week greeting says nothing to somebody of two years.
  if (fit.daysSinceOrder !== null || fit.daysSinceFollow !== null || fit.silentDays !== null) return null;
  return isEnding(candidate, days) ? 'ending' : 'fit';
}

/** The same fact, with what there is to say about it. */
export function factFor(candidate: Candidate, situation: Situation, days: Days): Fact | null {
  const { fit } = candidate.stored;
  switch (kindFor(candidate, situation, days)) {
    case null:
      return null;
    case 'sinceOrder':
      return { kind: 'sinceOrder', days: days.sinceOrder ?? 0, item: situation.lastOrder?.item ?? '' };
    case 'sinceFollow':
      return { kind: 'sinceFollow', days: days.sinceFollow };
    case 'silent':
      return { kind: 'silent', days: days.silent };
    case 'ending':
      // The end itself is over: midnight ends the day before.
      return { kind: 'ending', lastMoment: new Date(candidate.untilMs - 1) };
    case 'fit':
      return {
        kind: 'fit',
        stage: isOfHerStage(candidate, situation) ? (situation.stage?.name ?? null) : null,
        tags: fit.tagIds.flatMap((tagId) => situation.tags.get(tagId) ?? []),
        bought: (fit.orderItems ?? []).length === 0 ? null : (situation.lastOrder?.item ?? null),
      };
  }
}

/** Valid now, and nothing that she asked not to get. */
export function mayBeShown(candidate: Candidate, situation: Situation, { nowMs }: Days): boolean {
  if (candidate.script.purpose === 'marketing' && situation.optedOut) return false;
  return candidate.fromMs <= nowMs && nowMs < candidate.untilMs;
}

/** What has reached her before. Looked up by what was sent, which is little, not asked of every candidate. */
export type Reached = { ever: ReadonlySet<Candidate>; lately: ReadonlySet<Candidate> };

/** `lately`, within 30 days: not again, whatever fits. */
export function reachedBy(
  { sentScripts }: Situation,
  { repeatFrom }: Days,
  scriptById: (scriptId: string) => Candidate | undefined,
): Reached {
  const ever = new Set<Candidate>();
  const lately = new Set<Candidate>();
  for (const [scriptId, sentAt] of Object.entries(sentScripts)) {
    const candidate = scriptById(scriptId);
    if (candidate === undefined) continue;
    ever.add(candidate);
    // Both are UTC to the millisecond, so their text is in the order of time.
    if (sentAt > repeatFrom) lately.add(candidate);
  }
  return { ever, lately };
}

/** Higher is earlier. The weight of the fact decides; the rest orders scripts for which the same fact speaks. */
export function scoreOf(candidate: Candidate, kind: Fact['kind'], situation: Situation, days: Days, { ever }: Reached): number {
  const { script, variables, popularity } = candidate;
  const marketing = script.purpose === 'marketing';
  let score: number = weights[kind] + popularity;
  if (kind === 'fit')
    score += (isOfHerStage(candidate, situation) ? stageWeight : 0) + tagWeight * Math.min(mostTags, sharedTags(candidate, situation));
  if (!ever.has(candidate)) score += 40;
  const uses = situation.guideUses.get(script.scriptId);
  if (uses !== undefined) score += Math.min(30, 10 * Math.log2(1 + uses));
  // Somebody who wrote this week hears an offer gladly; somebody silent for a month rather hears something useful.
  if (marketing && situation.lastEngagedAt !== null) score += days.silent <= 7 ? 20 : days.silent > 30 ? -40 : 0;
  for (const variable of variables) {
    if (situation.variables[variable]) continue;
    score -= 50;
    break;
  }
  if (marketing && situation.marketingBlocked && kind !== 'task') score -= 700;
  return score;
}
