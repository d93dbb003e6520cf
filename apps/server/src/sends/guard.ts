import type { Blocked, Purpose } from '@nextline/contract';
import { clockTime, dayMs, dayOf, hourOf, instantOf, spokenDay, spokenMoment } from '../corp-time.ts';

/**
 * How often a customer may hear marketing, over all guides and touchpoints together. `quiet` are hours of the corp's day: from 22:00 up to,
 * not including, 08:00. Service is never blocked.
 */
export type GuardPolicy = { cap: number; windowDays: number; quiet: { from: number; until: number } };
export const defaultPolicy: GuardPolicy = { cap: 3, windowDays: 7, quiet: { from: 22, until: 8 } };

export type GuardState = {
  /** Marketing touches and reservations, oldest first. */
  marketingTouchedAt: Date[];
  optedOutAt: Date | null;
};

export type Refusal = { blocked: Blocked; details: Record<string, unknown> };
export type Meter = { count: number; cap: number; windowDays: number; nextAllowedAt: Date | null; refusal: Refusal | null };

/** When quiet hours that hold at `at` are over; null when none hold. */
function quietUntil(at: Date, quiet: GuardPolicy['quiet'], timeZone: string): Date | null {
  const hour = hourOf(at, timeZone);
  const overnight = quiet.from > quiet.until;
  const holds = overnight ? hour >= quiet.from || hour < quiet.until : hour >= quiet.from && hour < quiet.until;
  if (!holds) return null;
  return instantOf(dayOf(at, timeZone) + (overnight && hour >= quiet.from ? 1 : 0), quiet.until, timeZone);
}

/**
 * What a marketing touch would meet right now. Every rule must let it through; the refusal names the rule that ends last, so that the time it
 * promises is true. `nextAllowedAt` is null when it may go now, or never by itself (opted out).
 */
export function marketingMeter(state: GuardState, now: Date, timeZone: string, policy = defaultPolicy): Meter {
  const windowMs = policy.windowDays * dayMs;
  const counted = state.marketingTouchedAt.filter((at) => now.getTime() - at.getTime() < windowMs);
  const meter = { count: counted.length, cap: policy.cap, windowDays: policy.windowDays };
  if (state.optedOutAt !== null) return { ...meter, nextAllowedAt: null, refusal: optedOut(state.optedOutAt, now, timeZone) };

  // The place that frees one: with a cap of 3 and 4 counted (a cap that was lowered), the second oldest.
  const freeing = counted[counted.length - policy.cap];
  const capEnds = freeing === undefined ? null : new Date(freeing.getTime() + windowMs);
  const quietEnds = quietUntil(capEnds ?? now, policy.quiet, timeZone);
  const endsAt = quietEnds ?? capEnds;
  if (endsAt === null) return { ...meter, nextAllowedAt: null, refusal: null };
  return {
    ...meter,
    nextAllowedAt: endsAt,
    refusal: capEnds ? capped(policy, counted.length, endsAt, now, timeZone) : quieted(policy, endsAt, now, timeZone),
  };
}

/** Whether this touch may go now. */
export function refusalOf(purpose: Purpose, state: GuardState, now: Date, timeZone: string, policy = defaultPolicy): Refusal | null {
  return purpose === 'service' ? null : marketingMeter(state, now, timeZone, policy).refusal;
}

function optedOut(since: Date, now: Date, timeZone: string): Refusal {
  return {
    blocked: {
      code: 'guard.opted_out',
      headline: '这位客户不想收营销消息',
      rule: `${spokenDay(since, now, timeZone)}起不再收，服务类照常能发。`,
      endsAt: null,
      endsText: null,
    },
    details: { since: since.toISOString() },
  };
}

function capped(policy: GuardPolicy, count: number, endsAt: Date, now: Date, timeZone: string): Refusal {
  const days = policy.windowDays;
  return {
    blocked: {
      code: 'guard.cap',
      headline: days === 7 ? '这周的营销次数用完了' : `${days} 天的营销次数用完了`,
      rule: `规则：每位客户 ${days} 天内最多 ${policy.cap} 次，全店合计。`,
      endsAt: endsAt.toISOString(),
      endsText: `${spokenMoment(endsAt, now, timeZone)} 起可发。`,
    },
    details: { cap: policy.cap, windowDays: days, count, endsAt: endsAt.toISOString() },
  };
}

const oClock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;

function quieted(policy: GuardPolicy, endsAt: Date, now: Date, timeZone: string): Refusal {
  return {
    blocked: {
      code: 'guard.quiet_hours',
      headline: '现在太晚了，先不打扰',
      rule: `规则：${oClock(policy.quiet.from)} 到 ${oClock(policy.quiet.until)} 不发营销消息，服务类照常能发。`,
      endsAt: endsAt.toISOString(),
      endsText: `${spokenDay(endsAt, now, timeZone)} ${clockTime(endsAt, timeZone)} 起可发。`,
    },
    details: { endsAt: endsAt.toISOString() },
  };
}
