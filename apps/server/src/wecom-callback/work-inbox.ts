import { parseCallback, WeComError, type WeComErrorKind } from '@nextline/wecom';
import { databaseIsAway } from '../database-away.ts';
import { asItIs } from '../sentence.ts';
import { afterFailure } from './after-failure.ts';
import { type ApplyDeps, applyCallback } from './apply-callback.ts';
import {
  anySuspect,
  giveUpUnreturned,
  retryCallback,
  settleBehind,
  settleCallback,
  takeCallbacks,
  type TakenCallback,
  takeSuspect,
  type WaitingCallback,
} from './inbox.store.ts';
import { lookOnce } from './present-state.ts';
import { sameWork } from './same-work.ts';
import type { Turns } from './take-turns.ts';

/** Lanes that one worker has in hand at a time. */
const lanesAtOnce = 5;
/** Events of one lane that are worked off together: what WeCom says now answers all of them. */
const togetherAtMost = 50;

type Applied = { payloadHash: string; status: 'applied' | 'kept' };

/** A Postgres that is away or full says nothing about the event: that passes, as WeCom's own bad days do. */
function kindOf(error: unknown): WeComErrorKind | null {
  if (error instanceof WeComError) return error.kind;
  return databaseIsAway(error) ? 'transient' : null;
}

async function putOffOrGiveUp(deps: ApplyDeps, taken: TakenCallback, error: unknown): Promise<void> {
  const { payloadHash, lane, attempts } = taken;
  const next = afterFailure(kindOf(error), attempts, error instanceof WeComError ? error.retryAfterMs : null);
  const failure = asItIs((error instanceof Error ? error.message : String(error)).slice(0, 500));
  if ('retryInMs' in next) {
    deps.log.warn({ err: error, payloadHash, lane, attempts, retryInMs: next.retryInMs }, 'a callback could not be applied yet');
    await retryCallback(deps.db, taken, next.retryInMs, failure);
  } else {
    deps.log.error({ err: error, payloadHash, lane, attempts }, 'a callback is given up: it stays in the inbox as dead');
    await settleCallback(deps.db, taken, { status: 'dead', failure, now: deps.clock.now() });
  }
}

/** All of them had arrived before WeCom is asked, so one answer is as good for the last as for the first. Stops at one that fails. */
async function applyInOrder(deps: ApplyDeps, events: WaitingCallback[]): Promise<{ applied: Applied[]; error: unknown }> {
  const look = lookOnce(deps);
  const done = new Map<string, Applied['status']>();
  const applied: Applied[] = [];
  for (const { payloadHash, xml, attempts } of events) {
    try {
      const event = parseCallback(xml);
      const work = sameWork(event);
      const status = (work !== null && done.get(work)) || (await applyCallback(deps, event, { look, attempts }));
      if (work !== null) done.set(work, status);
      applied.push({ payloadHash, status });
    } catch (error) {
      return { applied, error };
    }
  }
  return { applied, error: null };
}

async function workLane(deps: ApplyDeps, head: TakenCallback, following: WaitingCallback[]): Promise<number> {
  const { applied, error } = await applyInOrder(deps, [head, ...following]);
  const [first, ...behind] = applied;
  if (first === undefined) {
    await putOffOrGiveUp(deps, head, error);
    return 1;
  }
  // One behind that failed is the first of its lane now, and due: the next taker counts its attempts.
  const now = deps.clock.now();
  const settled = { status: first.status, failure: null, now };
  if (behind.length === 0) {
    await settleCallback(deps.db, head, settled);
    return 1;
  }
  await deps.db.transaction(async (tx) => {
    if (!(await settleCallback(tx, head, settled))) return;
    for (const status of ['applied', 'kept'] as const) {
      const hashes = behind.flatMap((one) => (one.status === status ? [one.payloadHash] : []));
      await settleBehind(tx, hashes, status, now);
    }
  });
  return applied.length;
}

type Which = { urgentOnly?: boolean; onMore?: () => void };

/** Applies what is due, a few lanes at a time; `onMore`: there may be others due. Answers how many events were worked on. */
export async function workInbox(deps: ApplyDeps, { urgentOnly = false, onMore }: Which = {}): Promise<number> {
  const taken = await takeCallbacks(deps.db, { lanes: lanesAtOnce, together: togetherAtMost, urgentOnly });
  if (taken.length === lanesAtOnce) onMore?.();
  const worked = await Promise.all(taken.map(({ head, behind }) => workLane(deps, head, behind)));
  return worked.reduce((sum, n) => sum + n, 0);
}

/**
 * Works on one event that processes did not come back from, while this process has no other in hand: either it is applied, or its next loss is
 * its own. After a few of those it is given up. Answers how many events were worked on.
 */
export async function workSuspects(deps: ApplyDeps, turns: Pick<Turns, 'alone'>): Promise<number> {
  if (!(await anySuspect(deps.db))) return 0;
  return turns.alone(async () => {
    const dead = await deps.db.transaction((tx) => giveUpUnreturned(tx, deps.clock.now()));
    if (dead.length > 0)
      deps.log.error({ payloadHashes: dead }, 'processes did not come back from callbacks: they stay in the inbox as dead');
    const suspect = await deps.db.transaction((tx) => takeSuspect(tx));
    if (suspect === null) return dead.length;
    const { payloadHash, lane, attempts } = suspect;
    deps.log.warn({ payloadHash, lane, attempts }, 'a callback that processes did not come back from is worked alone');
    return workLane(deps, suspect, []);
  });
}
