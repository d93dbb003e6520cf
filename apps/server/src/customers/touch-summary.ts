import { dayMs, dayOf, hourOf } from '../corp-time.ts';
import type { DayCounts, RecentTouch, touchSummaries } from './customers.table.ts';

export type TouchSummary = Omit<typeof touchSummaries.$inferSelect, 'corpId' | 'externalUserId'>;

export type Touch = {
  touchedAt: Date;
  title: string;
  purpose: 'service' | 'marketing';
  scriptId: string | null;
  staffUserId: string | null;
};
export type Outcome = { kind: 'reply' | 'order' | 'followed' | 'unfollowed' | 'visit'; summary: string | null; occurredAt: Date };
export type Order = { orderId: string; items: { name: string; quantity: number }[]; orderedAt: Date };

export const emptySummary: TouchSummary = {
  recentTouches: [],
  marketingTouchedAt: [],
  sentScripts: {},
  pulseCustomer: {},
  pulseUs: {},
  replyHours: [],
  openQuestion: null,
  lastOrder: null,
};

/** How high a bar of the pulse each outcome draws; what draws none is no engagement either. */
export const engagementWeights = { reply: 2, order: 3, followed: 1, unfollowed: 0, visit: 1 } as const satisfies Record<
  Outcome['kind'],
  number
>;

const keptTouches = 10;
const keptScripts = 200;
const keptMarketingMs = 31 * dayMs;
const pulseDays = 28;

function counted(days: DayCounts, day: number, weight: number): DayCounts {
  return weight === 0 ? days : { ...days, [day]: (days[day] ?? 0) + weight };
}

/** Something reached her. The order in which touches are told does not matter: a report may come late. */
export function withTouch(summary: TouchSummary, touch: Touch, timeZone: string): TouchSummary {
  const at = touch.touchedAt.toISOString();
  const recent: RecentTouch = {
    at,
    title: touch.title,
    purpose: touch.purpose,
    scriptId: touch.scriptId,
    staffUserId: touch.staffUserId ?? '',
  };
  const lastSent = touch.scriptId === null ? undefined : summary.sentScripts[touch.scriptId];
  return {
    ...summary,
    recentTouches: [...summary.recentTouches, recent].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, keptTouches),
    marketingTouchedAt:
      touch.purpose === 'marketing' ? withInstant(summary.marketingTouchedAt, touch.touchedAt) : summary.marketingTouchedAt,
    sentScripts:
      touch.scriptId === null || (lastSent !== undefined && lastSent > at)
        ? summary.sentScripts
        : { ...summary.sentScripts, [touch.scriptId]: at },
    pulseUs: counted(summary.pulseUs, dayOf(touch.touchedAt, timeZone), 1),
    openQuestion: answers(touch, summary.openQuestion) ? null : summary.openQuestion,
  };
}

// Marketing that reaches her after a question is not an answer to it.
function answers(touch: Touch, question: TouchSummary['openQuestion']): boolean {
  return question !== null && touch.purpose === 'service' && question.at <= touch.touchedAt.toISOString();
}

/** She did something. A reply with words is an open question until somebody writes to her, other than for marketing. */
export function withOutcome(summary: TouchSummary, outcome: Outcome, timeZone: string): TouchSummary {
  const at = outcome.occurredAt.toISOString();
  const pulseCustomer = counted(summary.pulseCustomer, dayOf(outcome.occurredAt, timeZone), engagementWeights[outcome.kind]);
  if (outcome.kind !== 'reply') return { ...summary, pulseCustomer };
  const hours = summary.replyHours.length === 24 ? [...summary.replyHours] : Array.from({ length: 24 }, () => 0);
  const hour = hourOf(outcome.occurredAt, timeZone);
  hours[hour] = (hours[hour] ?? 0) + 1;
  const answered = summary.recentTouches.some((touch) => touch.purpose === 'service' && touch.at >= at);
  const newest = summary.openQuestion === null || summary.openQuestion.at < at;
  return {
    ...summary,
    pulseCustomer,
    replyHours: hours,
    openQuestion: outcome.summary !== null && !answered && newest ? { at, text: outcome.summary } : summary.openQuestion,
  };
}

export function withOrder(summary: TouchSummary, order: Order): TouchSummary {
  const at = order.orderedAt.toISOString();
  const item = order.items[0]?.name;
  if (item === undefined || (summary.lastOrder !== null && summary.lastOrder.at > at)) return summary;
  return { ...summary, lastOrder: { at, item, orderId: order.orderId } };
}

/** A marketing send that was begun and has not reached her yet counts already: otherwise a thousand taps at once would all find room. */
export function withInstant(instants: Date[], at: Date): Date[] {
  return [...instants, at].sort((a, b) => a.getTime() - b.getTime());
}

/** Takes one such reservation back. */
export function withoutInstant(instants: Date[], at: Date): Date[] {
  const index = instants.findIndex((instant) => instant.getTime() === at.getTime());
  return index === -1 ? instants : instants.toSpliced(index, 1);
}

/** Drops what neither the panel nor the guard looks at any more, so that the row stays small. */
export function asOf(summary: TouchSummary, now: Date, timeZone: string): TouchSummary {
  const firstDay = dayOf(now, timeZone) - pulseDays;
  const recentDays = (days: DayCounts) => Object.fromEntries(Object.entries(days).filter(([day]) => Number(day) >= firstDay));
  const scripts = Object.entries(summary.sentScripts);
  return {
    ...summary,
    marketingTouchedAt: summary.marketingTouchedAt.filter((at) => now.getTime() - at.getTime() < keptMarketingMs),
    pulseCustomer: recentDays(summary.pulseCustomer),
    pulseUs: recentDays(summary.pulseUs),
    sentScripts:
      scripts.length <= keptScripts
        ? summary.sentScripts
        : Object.fromEntries(scripts.sort(([, a], [, b]) => (a < b ? 1 : -1)).slice(0, keptScripts)),
  };
}
