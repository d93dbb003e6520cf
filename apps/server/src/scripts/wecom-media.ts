import { WeComError } from '@nextline/wecom';
import { onePerDatabase } from '../cached.ts';
import { dayMs, hourMs } from '../corp-time.ts';
import { mediaUnavailable } from '../errors.ts';
import type { Deps } from '../feature.ts';
import { findMedia, findUpload, lockUpload, type UploadKind, upsertUpload } from './media.store.ts';

export type WantedMedia = { sha256: string; kind: UploadKind; title: string };

/** WeCom forgets a file after three days. One that dies within the hour could die between the tap and the last part. */
const livesMs = 3 * dayMs;
const neededMs = hourMs;

const uploading = onePerDatabase((_deps: Deps) => new Map<string, Promise<string>>());

/** WeCom's media id for a file, good for another hour at least; uploads it when there is none. Many at once upload it once. */
export async function wecomMediaId(deps: Deps, wanted: WantedMedia): Promise<string> {
  const { db, clock, config } = deps;
  const until = new Date(clock.now().getTime() + neededMs);
  const known = await findUpload(db, config.wecom.agentId, wanted.sha256, wanted.kind, until);
  if (known !== null) return known;
  const running = uploading(deps);
  const key = `${wanted.sha256} ${wanted.kind}`;
  const joined = running.get(key);
  if (joined) return joined;
  const upload = uploadInTurn(deps, wanted, until).finally(() => running.delete(key));
  running.set(key, upload);
  return upload;
}

async function uploadInTurn(deps: Deps, { sha256, kind, title }: WantedMedia, until: Date): Promise<string> {
  const { db, wecom, config, log } = deps;
  const { agentId, corpId } = config.wecom;
  return db.transaction(async (tx) => {
    await lockUpload(tx, agentId, sha256, kind);
    const known = await findUpload(tx, agentId, sha256, kind, until);
    if (known !== null) return known;
    const file = await findMedia(tx, sha256);
    if (file === null) throw mediaUnavailable(title);
    try {
      const { fileName, contentType } = file;
      const { mediaId, uploadedAt } = await wecom.uploadMedia({ kind, fileName, contentType, bytes: new Uint8Array(file.bytes) });
      await upsertUpload(tx, {
        corpId,
        sha256,
        agentId,
        kind,
        mediaId,
        uploadedAt,
        diesAt: new Date(uploadedAt.getTime() + livesMs),
      });
      return mediaId;
    } catch (error) {
      if (!(error instanceof WeComError)) throw error;
      log.warn({ err: error, sha256 }, 'media not uploaded');
      throw mediaUnavailable(title);
    }
  });
}
