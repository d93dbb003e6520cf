/**
 * How many calls of one API may run at once. `limit` may have a fraction; Infinity until WeCom complains. `waiting`: who asked, oldest
 * first, and until when they would wait. `typicalMs`: how long a call takes. Times in ms.
 */
export type ParallelState = {
  limit: number;
  running: number;
  waiting: readonly { id: number; until: number }[];
  cutAt: number;
  typicalMs: number;
};

export const unlimitedCalls: ParallelState = { limit: Infinity, running: 0, waiting: [], cutAt: -Infinity, typicalMs: 0 };

export type ParallelEvent =
  | { kind: 'ask'; id: number; maxWaitMs: number }
  /** The call that began at `beganAt` is over. `crowded`: WeCom said 45033; `failed`: it said nothing. */
  | { kind: 'ended'; beganAt: number; outcome: 'answered' | 'crowded' | 'failed' };

/** What becomes of whom: begin now, or give up and ask again after `retryAfterMs`. Who is in neither list waits on. */
export type ParallelDecision = { begin: readonly number[]; giveUp: readonly number[]; retryAfterMs: number };

/** One call more at a time while all goes well, half as many when WeCom says that it is too many. */
export function parallelStep(
  before: ParallelState,
  event: ParallelEvent,
  now: number,
): { state: ParallelState; decision: ParallelDecision } {
  const state = { ...before, cutAt: Math.min(before.cutAt, now) };
  return event.kind === 'ask' ? ask(state, event, now) : letIn(ended(state, event, now), now);
}

function ask(state: ParallelState, { id, maxWaitMs }: Extract<ParallelEvent, { kind: 'ask' }>, now: number) {
  const retryAfterMs = expectedWait(state);
  if (state.waiting.length === 0 && state.running < Math.floor(state.limit)) {
    return { state: { ...state, running: state.running + 1 }, decision: { begin: [id], giveUp: [], retryAfterMs } };
  }
  if (retryAfterMs > maxWaitMs) return { state, decision: { begin: [], giveUp: [id], retryAfterMs } };
  const waiting = [...state.waiting, { id, until: now + maxWaitMs }];
  return { state: { ...state, waiting }, decision: { begin: [], giveUp: [], retryAfterMs } };
}

function ended(state: ParallelState, { beganAt, outcome }: Extract<ParallelEvent, { kind: 'ended' }>, now: number): ParallelState {
  const tookMs = Math.max(0, now - beganAt);
  const typicalMs = state.typicalMs === 0 ? tookMs : state.typicalMs * 0.8 + tookMs * 0.2;
  const after = { ...state, running: state.running - 1, typicalMs };
  if (outcome === 'crowded') {
    // Calls that began before the last cut complain about the crowd that was cut already.
    if (beganAt <= state.cutAt) return after;
    return { ...after, limit: Math.max(1, Math.floor(Math.min(state.limit, state.running) / 2)), cutAt: now };
  }
  // Only a limit that was reached has been tried.
  const reached = state.running >= Math.floor(state.limit);
  return reached && outcome === 'answered' ? { ...after, limit: state.limit + 1 / state.limit } : after;
}

function letIn(state: ParallelState, now: number): { state: ParallelState; decision: ParallelDecision } {
  const patient = state.waiting.filter(({ until }) => now <= until);
  const begin = patient.slice(0, Math.max(0, Math.floor(state.limit) - state.running));
  const waiting = patient.slice(begin.length);
  const giveUp = state.waiting.filter(({ until }) => now > until);
  const after = { ...state, running: state.running + begin.length, waiting };
  return {
    state: after,
    decision: { begin: begin.map(({ id }) => id), giveUp: giveUp.map(({ id }) => id), retryAfterMs: expectedWait(after) },
  };
}

const expectedWait = ({ waiting, limit, typicalMs }: ParallelState) =>
  Math.ceil(Math.ceil((waiting.length + 1) / Math.floor(limit)) * typicalMs);
