import { type AdminBoot, adminBoot } from '@nextline/contract';
import type { Deps, Principal } from '../feature.ts';
import { countInReview } from '../scripts/count-in-review.ts';
import { findLastSync } from './last-sync.store.ts';
import { permissionsOf } from './permissions.ts';
import { findBootFacts } from './staff.store.ts';

/** What the console starts with: who is looking, what they may do, and the few figures of its frame. */
export async function bootAdmin({ db, config, clock }: Pick<Deps, 'db' | 'config' | 'clock'>, principal: Principal): Promise<AdminBoot> {
  const [facts, lastSyncedAt, scriptsInReview] = await Promise.all([
    findBootFacts(db, principal.staffUserId),
    findLastSync(db),
    countInReview(db, principal),
  ]);
  return adminBoot.parse({
    corpId: config.wecom.corpId,
    corpName: facts.corpName,
    publicUrl: config.publicUrl,
    staff: {
      userId: principal.staffUserId,
      name: principal.name,
      role: principal.role,
      avatarUrl: facts.avatarUrl,
      storeId: principal.storeId,
      storeName: facts.storeName,
    },
    permissions: permissionsOf(principal),
    lastSyncedAt: lastSyncedAt?.toISOString() ?? null,
    scriptsInReview,
    serverTime: clock.now().toISOString(),
    timeZone: facts.timeZone,
  });
}
