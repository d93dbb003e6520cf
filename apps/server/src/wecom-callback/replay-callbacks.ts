import type { CallbackState } from '@nextline/contract';
import { writeAudit } from '../audit/write-audit.ts';
import { AppError } from '../errors.ts';
import type { Deps } from '../feature.ts';
import { findCallback, listCallbacks, putInLine, putDeadInLine, type StoredCallback } from './inbox-list.store.ts';

type ReplayDeps = Pick<Deps, 'db' | 'clock' | 'config'>;
/** Null: somebody at the server's command line. */
type Who = { staffUserId: string | null };

const callbackNotFound = () =>
  new AppError({
    code: 'callback.not_found',
    status: 404,
    sentence: {
      'zh-CN': '没有这条回调，可能已经过了保存期。',
      en: 'There is no such callback. It may be past the time for which they are kept.',
    },
  });

/** A cursor is the time and the hash of the last row of a page. */
const cursorOf = ({ receivedAt, payloadHash }: StoredCallback) => `${receivedAt}_${payloadHash}`;

function readCursor(cursor: string | undefined): { receivedAt: Date; payloadHash: string } | null {
  const [, at, payloadHash] = /^([^_]{20,30})_([0-9a-f]{64})$/.exec(cursor ?? '') ?? [];
  const receivedAt = new Date(at ?? Number.NaN);
  return payloadHash === undefined || Number.isNaN(receivedAt.getTime()) ? null : { receivedAt, payloadHash };
}

/** A page of the inbox, newest first. A cursor that is none begins at the top. */
export async function showCallbacks(
  { db }: Pick<Deps, 'db'>,
  { state, before, limit }: { state: CallbackState; before?: string | undefined; limit: number },
): Promise<{ callbacks: StoredCallback[]; nextBefore: string | null }> {
  const rows = await listCallbacks(db, { state, before: readCursor(before), limit: limit + 1 });
  const callbacks = rows.slice(0, limit);
  const last = callbacks.at(-1);
  return { callbacks, nextBefore: rows.length > limit && last ? cursorOf(last) : null };
}

/** Puts one callback in line again, whatever became of it: applied from what WeCom says now, once more does no harm. */
export async function replayCallback({ db, clock, config }: ReplayDeps, payloadHash: string, who: Who): Promise<StoredCallback> {
  const { corpId } = config.wecom;
  return db.transaction(async (tx) => {
    if (!(await putInLine(tx, corpId, payloadHash))) throw callbackNotFound();
    await writeAudit(tx, { corpId, who, action: 'callback.replay', subject: { kind: 'callback', id: payloadHash }, at: clock.now() });
    const callback = await findCallback(tx, payloadHash);
    if (callback === null) throw callbackNotFound();
    return callback;
  });
}

/** All dead callbacks, once what made them fail is repaired. */
export async function replayDead({ db, clock, config }: ReplayDeps, who: Who): Promise<number> {
  const { corpId } = config.wecom;
  return db.transaction(async (tx) => {
    const replayed = await putDeadInLine(tx, corpId);
    if (replayed > 0)
      await writeAudit(tx, {
        corpId,
        who,
        action: 'callback.replay',
        subject: { kind: 'callback', id: 'dead' },
        detail: { replayed },
        at: clock.now(),
      });
    return replayed;
  });
}
