import { parseCallback, WeComError } from '@nextline/wecom';
import type { Deps } from '../feature.ts';
import { afterFailure } from './after-failure.ts';
import { applyCallback } from './apply-callback.ts';
import { retryCallback, settleCallback, takeCallbacks, type TakenCallback } from './inbox.store.ts';

type InboxDeps = Pick<Deps, 'db' | 'clock' | 'wecom' | 'config' | 'log'>;

async function work(deps: InboxDeps, taken: TakenCallback): Promise<void> {
  const { payloadHash, lane, attempts } = taken;
  try {
    const status = await applyCallback(deps, parseCallback(taken.xml));
    await settleCallback(deps.db, taken, { status, failure: null, now: deps.clock.now() });
  } catch (error) {
    const next = afterFailure(error instanceof WeComError ? error.kind : null, attempts);
    const failure = (error instanceof Error ? error.message : String(error)).slice(0, 500);
    if ('retryInMs' in next) {
      deps.log.warn({ err: error, payloadHash, lane, attempts, retryInMs: next.retryInMs }, 'a callback could not be applied yet');
      await retryCallback(deps.db, taken, next.retryInMs, failure);
    } else {
      deps.log.error({ err: error, payloadHash, lane, attempts }, 'a callback is given up: it stays in the inbox as dead');
      await settleCallback(deps.db, taken, { status: 'dead', failure, now: deps.clock.now() });
    }
  }
}

/** Applies what is due, a few lanes at a time. Answers how many events were taken. */
export async function workInbox(deps: InboxDeps): Promise<number> {
  const taken = await takeCallbacks(deps.db, 5);
  await Promise.all(taken.map((callback) => work(deps, callback)));
  return taken.length;
}
