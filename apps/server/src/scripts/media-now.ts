import type { Queryable } from '../database.ts';
import type { Deps } from '../feature.ts';
import { neededMs } from './media-life.ts';
import { mediaReadiness, type MediaReadiness } from './media-readiness.store.ts';

export type { MediaReadiness } from './media-readiness.store.ts';

/** Which files of published scripts a guide could send at `now`, with an hour to spare. */
export const mediaAt = (db: Queryable, agentId: string, now: Date): Promise<MediaReadiness> =>
  mediaReadiness(db, { agentId, now, until: new Date(now.getTime() + neededMs) });

/** The same for this moment, by whichever clock is later: ours or WeCom's. */
export const mediaNow = ({ db, config, wecomHealth }: Pick<Deps, 'db' | 'config' | 'wecomHealth'>): Promise<MediaReadiness> =>
  mediaAt(db, config.wecom.agentId, wecomHealth.latestTime());
