import type { Deps } from '../feature.ts';
import { neededMs } from './media-life.ts';
import { mediaReadiness, type MediaReadiness } from './media-readiness.store.ts';

/** Which files of published scripts a guide could send at this moment. */
export function mediaNow({ db, config, wecomHealth }: Pick<Deps, 'db' | 'config' | 'wecomHealth'>): Promise<MediaReadiness> {
  const now = wecomHealth.latestTime();
  return mediaReadiness(db, { agentId: config.wecom.agentId, now, until: new Date(now.getTime() + neededMs) });
}
