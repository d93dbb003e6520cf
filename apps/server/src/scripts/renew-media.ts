import { WeComError } from '@nextline/wecom';
import type { Deps } from '../feature.ts';
import { whileHolding } from '../leases/hold-lease.ts';
import { concernsAllFiles, renewedBeforeMs } from './media-life.ts';
import { mediaToRenew } from './media-readiness.store.ts';
import { uploadOnce } from './upload-media.ts';

/**
 * Uploads what published scripts use before it dies at WeCom, and what was never uploaded before somebody taps it. One process at a time.
 * Answers how many files were brought. Ends when WeCom takes none at the moment; the rest waits for the next turn.
 */
export async function renewMedia(deps: Deps, signal: AbortSignal): Promise<number> {
  const { corpId, agentId } = deps.config.wecom;
  const done = await whileHolding(deps, { corpId, name: 'media renewal', signal }, async (held) => {
    let brought = 0;
    for (;;) {
      const now = deps.wecomHealth.latestTime();
      const until = new Date(now.getTime() + renewedBeforeMs);
      const [next] = await mediaToRenew(deps.db, { agentId, now, until, limit: 1 });
      if (!next || held.signal.aborted) return brought;
      const outcome = await uploadOnce(deps, next, until);
      if ('mediaId' in outcome) brought += 1;
      // What was refused by itself is left alone for a while, and so not found again.
      else if (outcome.failed instanceof WeComError && concernsAllFiles(outcome.failed)) return brought;
    }
  });
  return done?.result ?? 0;
}
