import { type AdminBoot, adminBoot } from '@nextline/contract';
import type { Deps, Principal } from '../feature.ts';
import { findFrameFacts } from './frame-facts.store.ts';
import { reachOf } from '../scripts/script-reach.ts';
import { permissionsOf } from './permissions.ts';
import { findBootFacts } from './staff.store.ts';

/** What the console starts with: who is looking, what they may do, and the few figures of its frame. */
export async function bootAdmin({ db, config, clock }: Pick<Deps, 'db' | 'config' | 'clock'>, principal: Principal): Promise<AdminBoot> {
  const [facts, frame] = await Promise.all([findBootFacts(db, principal.staffUserId), findFrameFacts(db, reachOf(principal))]);
  return adminBoot.parse({
    corpId: config.wecom.corpId,
    corpName: facts.corpName,
    publicUrl: config.publicUrl,
    staff: {
      userId: principal.staffUserId,
      name: principal.name,
      role: principal.role,
      avatarUrl: facts.avatarUrl,
      storeName: facts.storeName,
    },
    permissions: permissionsOf(principal),
    lastSyncedAt: frame.lastSyncedAt?.toISOString() ?? null,
    scriptsInReview: frame.scriptsInReview,
    serverTime: clock.now().toISOString(),
    timeZone: facts.timeZone,
  });
}
