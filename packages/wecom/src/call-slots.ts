import { hourMs, minuteMs, paceOf, type Budget } from './call-budget.ts';

/**
 * The budget of one API, in five numbers however many calls there are. Times in ms. `minuteFreeAt`, `hourFreeAt`: when all that was
 * given out would be used up at the steady pace of that window. `strikes`: blocks in a row.
 */
export type SlotsState = { minuteFreeAt: number; hourFreeAt: number; blockedUntil: number; strikes: number; seenAt: number };

export const unusedSlots: SlotsState = { minuteFreeAt: 0, hourFreeAt: 0, blockedUntil: 0, strikes: 0, seenAt: 0 };

export type SlotsEvent =
  /** Somebody wants to call and would wait for `maxWaitMs`. `budget` null: only a block counts. */
  | { kind: 'take'; budget: Budget | null; maxWaitMs: number }
  /** WeCom said 45009 to a call that was sent at `sentAt`; it blocks for `blockMs`. */
  | { kind: 'overLimit'; sentAt: number; blockMs: number };

/** The slot is the caller's after `waitMs`; or nothing was taken and it is worth asking again after `retryAfterMs`. */
export type SlotDecision = { waitMs: number } | { retryAfterMs: number };

/** Gives out slots in the order of asking and keeps the API alone while WeCom blocks it. */
export function slotsStep(before: SlotsState, event: SlotsEvent, now: number): { state: SlotsState; decision: SlotDecision } {
  const state = keptInTime(before, now);
  return event.kind === 'take' ? take(state, event, state.seenAt) : overLimit(state, event, state.seenAt);
}

function take(state: SlotsState, { budget, maxWaitMs }: Extract<SlotsEvent, { kind: 'take' }>, now: number) {
  const minute = budget && paceOf(budget.perMinute, minuteMs);
  const hour = budget && paceOf(budget.perHour, hourMs);
  const goAt = Math.max(
    now,
    state.blockedUntil,
    minute ? state.minuteFreeAt - minute.leewayMs : 0,
    hour ? state.hourFreeAt - hour.leewayMs : 0,
  );
  const waitMs = Math.ceil(goAt - now);
  if (waitMs > maxWaitMs) return { state, decision: { retryAfterMs: waitMs } };
  const minuteFreeAt = minute ? Math.max(state.minuteFreeAt, goAt) + minute.everyMs : state.minuteFreeAt;
  const hourFreeAt = hour ? Math.max(state.hourFreeAt, goAt) + hour.everyMs : state.hourFreeAt;
  return { state: { ...state, minuteFreeAt, hourFreeAt }, decision: { waitMs } };
}

function overLimit(state: SlotsState, { sentAt, blockMs }: Extract<SlotsEvent, { kind: 'overLimit' }>, now: number) {
  // Sent before the block became known: it tells nothing new.
  if (sentAt < state.blockedUntil) return { state, decision: { retryAfterMs: Math.max(0, Math.ceil(state.blockedUntil - now)) } };
  // Refused again soon after a whole block: a longer window must be the one that is full.
  const strikes = sentAt < state.blockedUntil + blockMs ? state.strikes + 1 : 1;
  const retryAfterMs = Math.min(blockMs * 2 ** (strikes - 1), Math.max(blockMs, hourMs));
  return { state: { ...state, strikes, blockedUntil: now + retryAfterMs }, decision: { retryAfterMs } };
}

/** Whoever begins later than this after their slot came (the machine was busy, the process was stopped) has let it go by, and takes another. */
export const lateMs = 1000;

/** Two processes that ask together may be heard in the wrong order by this much; then time stands still. */
export const disorderMs = 5000;

/** When the clock was set back everything moves with it; else all would wait until it has caught up. */
function keptInTime(state: SlotsState, asked: number): SlotsState {
  const now = state.seenAt - asked <= disorderMs ? Math.max(asked, state.seenAt) : asked;
  const back = Math.max(0, state.seenAt - now);
  return {
    ...state,
    minuteFreeAt: state.minuteFreeAt - back,
    hourFreeAt: state.hourFreeAt - back,
    blockedUntil: state.blockedUntil - back,
    seenAt: now,
  };
}
