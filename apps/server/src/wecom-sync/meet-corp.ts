import type { Deps } from '../feature.ts';
import { ensureCorp } from './directory.store.ts';

/** The corp exists from the first start on; its name comes with the first sync. */
export const meetCorp = ({ db, config, clock }: Pick<Deps, 'db' | 'config' | 'clock'>): Promise<void> =>
  ensureCorp(db, config.wecom.corpId, clock.now());
