/**
 * Closed: calls go out; `trouble` weighs what failed since the last answer (`heardAt`), between `troubleFrom` and `troubleAt`, and
 * `underway` are the instants at which the calls now waiting for an answer were sent. Open: nothing goes out until `until`. Probing:
 * one call, sent at `since`, finds out. `trips` counts openings in a row. Times in ms.
 */
export type BreakerState = Closed | { kind: 'open'; until: number; trips: number } | { kind: 'probing'; since: number; trips: number };

type Closed = {
  kind: 'closed';
  trouble: number;
  troubleFrom: number;
  troubleAt: number;
  heardAt: number;
  underway: readonly number[];
};

export type BreakerEvent =
  /** Somebody wants to call. `slow`: it may rightly take long (an upload), so its silence proves nothing. */
  | { kind: 'ask'; slow: boolean }
  /** The call sent at `sentAt` is over. `silent`: no answer in time. */
  | { kind: 'ended'; sentAt: number; outcome: 'answered' | 'failed' | 'silent' };

/** How long it stays open the first time, and at most. */
export type BreakerPauses = { firstMs: number; longestMs: number };

export type BreakerDecision = { go: true } | { go: false; retryAfterMs: number };

export const quietBreaker: Closed = { kind: 'closed', trouble: 0, troubleFrom: 0, troubleAt: 0, heardAt: 0, underway: [] };

/** A call that has been silent for so long counts as failed though it is still waiting; so two of them open the breaker within 5 s. */
const silenceMs = 4000;
const silenceWeighs = 3;
const troubleToOpen = 5;
/** Connections that all break in one moment are one event, and the retries will mostly pass. */
const troubleLastsMs = 1000;
/** Failures further apart than this are not one story. */
const forgottenAfterMs = 60_000;

/** Stops calling a host that does not answer, and finds out with one call at a time when it does again. */
export function breakerStep(
  state: BreakerState,
  event: BreakerEvent,
  now: number,
  pauses: BreakerPauses,
): { state: BreakerState; decision: BreakerDecision } {
  return event.kind === 'ask' ? ask(state, event.slow, now, pauses) : { state: ended(state, event, now, pauses), decision: { go: true } };
}

function ask(state: BreakerState, slow: boolean, now: number, pauses: BreakerPauses): { state: BreakerState; decision: BreakerDecision } {
  if (state.kind === 'closed') {
    const { underway } = state;
    if (isTroubled(state, now)) return ask(open(1, now, pauses), slow, now, pauses);
    return { state: { ...state, underway: slow ? underway : [...underway, now] }, decision: { go: true } };
  }
  if (state.kind === 'open') {
    // Further away than any pause: the clock was set back.
    const over = now >= state.until || state.until - now > pauses.longestMs;
    return over ? { state: { kind: 'probing', since: now, trips: state.trips }, decision: { go: true } } : refuse(state, state.until - now);
  }
  const overdue = now - state.since >= silenceMs || now < state.since;
  return overdue ? { state: { ...state, since: now }, decision: { go: true } } : refuse(state, state.since + silenceMs - now);
}

function ended(
  state: BreakerState,
  { sentAt, outcome }: Extract<BreakerEvent, { kind: 'ended' }>,
  now: number,
  pauses: BreakerPauses,
): BreakerState {
  if (outcome === 'answered') {
    const underway = state.kind === 'closed' ? without(state.underway, sentAt) : [];
    return { ...quietBreaker, heardAt: now, underway };
  }
  if (state.kind === 'open') return state;
  if (state.kind === 'probing') return sentAt < state.since ? state : open(state.trips + 1, now, pauses);
  const fresh = state.trouble === 0 || now - state.troubleAt > forgottenAfterMs || now < state.troubleAt;
  const after: BreakerState = {
    ...state,
    trouble: (fresh ? 0 : state.trouble) + (outcome === 'silent' ? silenceWeighs : 1),
    troubleFrom: fresh ? sentAt : Math.min(state.troubleFrom, sentAt),
    troubleAt: now,
    underway: without(state.underway, sentAt),
  };
  return isTroubled(after, now) ? open(1, now, pauses) : after;
}

function isTroubled(state: Closed, now: number): boolean {
  const heard = state.heardAt <= now && now - state.heardAt < silenceMs;
  const silent = heard ? [] : state.underway.filter((sentAt) => now - sentAt >= silenceMs);
  const failed = now - state.troubleAt > forgottenAfterMs ? 0 : state.trouble;
  const from = Math.min(failed > 0 ? state.troubleFrom : now, ...silent);
  const to = silent.length > 0 ? now : state.troubleAt;
  return failed + silent.length * silenceWeighs >= troubleToOpen && to - from >= troubleLastsMs;
}

function open(trips: number, now: number, { firstMs, longestMs }: BreakerPauses): Extract<BreakerState, { kind: 'open' }> {
  return { kind: 'open', until: now + Math.min(firstMs * 2 ** (trips - 1), longestMs), trips };
}

function refuse(state: BreakerState, retryAfterMs: number): { state: BreakerState; decision: BreakerDecision } {
  return { state, decision: { go: false, retryAfterMs } };
}

function without(instants: readonly number[], one: number): number[] {
  const at = instants.indexOf(one);
  return at === -1 ? [...instants] : [...instants.slice(0, at), ...instants.slice(at + 1)];
}
