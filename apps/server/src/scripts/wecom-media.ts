import { onePerDatabase } from '../cached.ts';
import { mediaUnavailable } from '../errors.ts';
import type { Deps } from '../feature.ts';
import { neededMs } from './media-life.ts';
import { findUpload, type UploadKind } from './media.store.ts';
import { type Upload, uploadOnce } from './upload-media.ts';

export type WantedMedia = { sha256: string; kind: UploadKind; title: string };

const uploading = onePerDatabase((_deps: Deps) => new Map<string, Promise<Upload>>());

/**
 * WeCom's media id for a file, good for another hour at least. It is there already for what published scripts use (renew-media.ts); otherwise
 * it is uploaded now, once however many ask.
 */
export async function wecomMediaId(deps: Deps, wanted: WantedMedia): Promise<string> {
  const { sha256, kind, title } = wanted;
  const now = deps.wecomHealth.latestTime();
  const until = new Date(now.getTime() + neededMs);
  const known = await findUpload(deps.db, { agentId: deps.config.wecom.agentId, sha256, kind }, { now, until });
  if (known !== null) return known;
  const running = uploading(deps);
  const key = `${sha256} ${kind}`;
  let upload = running.get(key);
  if (!upload) {
    upload = uploadOnce(deps, wanted, until).finally(() => running.delete(key));
    running.set(key, upload);
  }
  const outcome = await upload;
  if ('failed' in outcome) throw mediaUnavailable(title);
  return outcome.mediaId;
}
