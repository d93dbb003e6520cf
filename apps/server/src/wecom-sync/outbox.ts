import { setTimeout as pause } from 'node:timers/promises';
import { type WeCom, WeComError } from '@nextline/wecom';
import { uuidv7 } from 'uuidv7';
import type { Queryable } from '../database.ts';
import type { Deps } from '../feature.ts';
import { decideOutbox, mayBeDone, refusalInWords } from './outbox-decision.ts';
import {
  acknowledgeTags,
  endPendingTags,
  findWrite,
  insertWrite,
  type OwedWrite,
  putOff,
  revertTags,
  settleWrite,
  takeWrites,
  type WriteKey,
} from './outbox.store.ts';

type OutboxDeps = Pick<Deps, 'db' | 'clock' | 'wecom' | 'log'>;

export type TagChange = { corpId: string; externalUserId: string; staffUserId: string; add: string[]; remove: string[]; now: Date };

/** The request that caused a write sends it itself at once; the worker steps in when that did not happen. */
const workerWaitsMs = 5_000;

/**
 * Owes WeCom a change of tags, in the transaction that changes `follows.tagIds` and adds the same ids to `follows.pendingTagIds`.
 * Answers the write, for `settleOutboxNow`.
 */
export async function oweTagChange(tx: Queryable, change: TagChange): Promise<WriteKey> {
  const { corpId, externalUserId, staffUserId, add, remove, now } = change;
  const writeId = uuidv7();
  await insertWrite(tx, {
    corpId,
    externalUserId,
    writeId,
    kind: 'mark_tag',
    payload: { staffUserId, add, remove },
    createdAt: now,
    nextAttemptAt: new Date(now.getTime() + workerWaitsMs),
  });
  return { externalUserId, writeId };
}

/** Whether WeCom already shows what the write asks for. */
async function isDone(wecom: WeCom, { externalUserId, staffUserId, add, remove }: OwedWrite): Promise<boolean> {
  const { follows } = await wecom.customer(externalUserId);
  const tagIds = new Set(follows.find((follow) => follow.staffUserId === staffUserId)?.tagIds);
  return add.every((tagId) => tagIds.has(tagId)) && !remove.some((tagId) => tagIds.has(tagId));
}

/** In one turn with a write: a hiccup of WeCom's is not worth the wait for the next. */
const triesInOneTurn = 2;

/** Never sent again before somebody has looked whether the last try was done after all. */
async function send(deps: OutboxDeps, write: OwedWrite): Promise<void> {
  const { externalUserId, staffUserId, add, remove, mayBegin } = write;
  const wecom = deps.wecom.onTerms({ mayBegin });
  let { maybeDone } = write;
  for (let tries = 1; ; tries += 1) {
    try {
      if (maybeDone && (await isDone(wecom, write))) break;
      maybeDone = false;
      await wecom.markTags({ externalUserId, staffUserId, add, remove });
      break;
    } catch (error) {
      if (!(error instanceof WeComError)) throw error;
      const couldNotLook = maybeDone;
      maybeDone ||= mayBeDone(error);
      if (maybeDone && !couldNotLook && tries < triesInOneTurn) continue;
      return keepOrGiveUp(deps, write, error, maybeDone);
    }
  }
  const now = deps.clock.now();
  await deps.db.transaction(async (tx) => {
    if (await settleWrite(tx, write, { status: 'done', failure: null, now })) await acknowledgeTags(tx, write, now);
  });
}

async function keepOrGiveUp(deps: OutboxDeps, write: OwedWrite, error: WeComError, maybeDone: boolean): Promise<void> {
  const decision = decideOutbox(error, write.attempts, maybeDone);
  const { writeId, attempts } = write;
  if ('retryInMs' in decision) {
    deps.log.warn({ writeId, attempts, err: error, retryInMs: decision.retryInMs }, 'WeCom did not take a tag change yet');
    return putOff(deps.db, write, { inMs: decision.retryInMs, failure: error.message, maybeDone });
  }
  const refused = decision.giveUp === 'refused';
  deps.log.warn(
    { writeId, attempts, err: error },
    refused ? 'WeCom refused a tag change: taken back here' : 'nobody can say whether WeCom made a tag change: a person must look',
  );
  await deps.db.transaction(async (tx) => {
    const failure = refused ? refusalInWords(error.errcode) : error.message;
    if (!(await settleWrite(tx, write, { status: decision.giveUp, failure, now: deps.clock.now() }))) return;
    await (refused ? revertTags(tx, write) : endPendingTags(tx, write));
  });
}

/** Sends what is due. Answers how many were tried. */
export async function sendOutbox(deps: OutboxDeps): Promise<number> {
  const writes = await takeWrites(deps.db, { limit: 10 });
  await Promise.all(writes.map((write) => send(deps, write)));
  return writes.length;
}

export type OutboxState = { state: 'done' | 'waiting' } | { state: 'refused'; reason: string };

/** Sends one write now and says what became of it, at the latest after `waitMs`; what is not settled by then goes on without the caller. */
export async function settleOutboxNow(deps: OutboxDeps, write: WriteKey, options: { waitMs: number }): Promise<OutboxState> {
  const waiting = new AbortController();
  const tried = (async () => {
    for (;;) {
      const [taken] = await takeWrites(deps.db, write);
      if (taken) await send(deps, taken);
      const found = await findWrite(deps.db, write);
      // Not ours to send yet: an earlier change of the same relation is still under way.
      if (taken || found?.status !== 'waiting' || waiting.signal.aborted) return;
      await pause(50);
    }
  })();
  tried.catch((error: unknown) => deps.log.error({ err: error, writeId: write.writeId }, 'a tag change could not be sent'));
  await Promise.race([tried, pause(options.waitMs, undefined, { signal: waiting.signal }).catch(() => undefined)]);
  waiting.abort();
  const found = await findWrite(deps.db, write);
  if (found?.status === 'refused') return { state: 'refused', reason: found.failure ?? '' };
  return { state: found?.status === 'done' ? 'done' : 'waiting' };
}
