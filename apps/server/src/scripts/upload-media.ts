import { setTimeout as pause } from 'node:timers/promises';
import { type UploadedMedia, WeComError } from '@nextline/wecom';
import type { Deps } from '../feature.ts';
import { type Held, LeaseLost, whileHolding } from '../leases/hold-lease.ts';
import { livesMs, pauseAfterFailure } from './media-life.ts';
import { failedUploads, forgetTrouble, noteTrouble } from './media-readiness.store.ts';
import { findMedia, findUpload, type UploadKind, upsertUpload } from './media.store.ts';

type UploadFailure = WeComError | 'file_missing';
/** `file_missing`: our own store has it not. */
export type Upload = { mediaId: string } | { failed: UploadFailure };

type Wanted = { sha256: string; kind: UploadKind };

const leaseMs = 20_000;
const askAgainMs = 100;

/**
 * WeCom's media id of a file, good beyond `until`. Of all processes one uploads, the others wait and find what it brought. A failure is
 * noted, so that it is seen before a guide meets it; the next success takes the note away.
 */
export async function uploadOnce(deps: Deps, wanted: Wanted, until: Date): Promise<Upload> {
  const { db, config } = deps;
  const { corpId, agentId } = config.wecom;
  const { sha256, kind } = wanted;
  const name = `upload ${kind} ${sha256} of ${agentId}`;
  const find = () => findUpload(db, { agentId, sha256, kind }, { now: deps.wecomHealth.latestTime(), until });
  for (;;) {
    const known = await find();
    if (known !== null) return { mediaId: known };
    const done = await whileHolding(deps, { corpId, name, forMs: leaseMs }, async (held): Promise<Upload> => {
      const broughtMeanwhile = await find();
      if (broughtMeanwhile !== null) return { mediaId: broughtMeanwhile };
      const outcome = await tryUpload(deps, wanted);
      return 'mediaId' in outcome ? keep(deps, held, wanted, outcome) : fail(deps, held, wanted, outcome.failed);
    }).catch((error: unknown) => {
      // We were so slow that another has begun; it brings the file.
      if (error instanceof LeaseLost) return null;
      throw error;
    });
    if (done !== null) return done.result;
    await pause(askAgainMs);
  }
}

async function tryUpload({ db, wecom }: Deps, { sha256, kind }: Wanted): Promise<UploadedMedia | { failed: UploadFailure }> {
  const file = await findMedia(db, sha256);
  if (file === null) return { failed: 'file_missing' };
  const { fileName, contentType, bytes } = file;
  try {
    return await wecom.uploadMedia({ kind, fileName, contentType, bytes: new Uint8Array(bytes) });
  } catch (error) {
    if (!(error instanceof WeComError)) throw error;
    return { failed: error };
  }
}

const keyOf = ({ config }: Deps, wanted: Wanted) => ({
  corpId: config.wecom.corpId,
  agentId: config.wecom.agentId,
  sha256: wanted.sha256,
  kind: wanted.kind,
});

async function keep(deps: Deps, held: Held, wanted: Wanted, { mediaId, uploadedAt }: UploadedMedia): Promise<Upload> {
  const key = keyOf(deps, wanted);
  const diesAt = new Date(uploadedAt.getTime() + livesMs);
  await deps.db.transaction(async (tx) => {
    await held.holdFast(tx);
    await upsertUpload(tx, { ...key, mediaId, uploadedAt, diesAt, broughtAt: deps.wecomHealth.latestTime() });
    await forgetTrouble(tx, key);
  });
  return { mediaId };
}

/** Beside WeCom's own words, as the reason that is kept. */
export const fileMissing = 'file_missing';

async function fail(deps: Deps, held: Held, wanted: Wanted, failed: UploadFailure): Promise<Upload> {
  const key = keyOf(deps, wanted);
  const now = deps.wecomHealth.latestTime();
  deps.log.warn({ err: failed, sha256: wanted.sha256 }, 'a file could not be uploaded to WeCom');
  await deps.db.transaction(async (tx) => {
    await held.holdFast(tx);
    const attempts = (await failedUploads(tx, key)) + 1;
    const askAgainAt = new Date(now.getTime() + pauseAfterFailure(attempts, failed === 'file_missing' ? null : failed));
    const reason = failed === 'file_missing' ? fileMissing : failed.message.slice(0, 300);
    await noteTrouble(tx, { ...key, since: now, attempts, askAgainAt, reason });
  });
  return { failed };
}
