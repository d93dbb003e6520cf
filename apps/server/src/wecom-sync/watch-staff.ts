import type { Deps } from '../feature.ts';
import { presentStaff, unwatchedStaff } from './directory.store.ts';
import { type DirectoryDeps, refreshStaff } from './sync-staff.ts';

/** WeCom tells an app of the corp's own nothing when somebody leaves: asked this often, a session ends within 60 s of it. */
export const watchStaffEveryMs = 20_000;

/** One look at WeCom's list of staff who may have customers, and a few of those who may not. Also tells whether WeCom answers at all. */
export async function watchStaff(deps: DirectoryDeps & Pick<Deps, 'log'>): Promise<void> {
  const following = new Set(await deps.wecom.followUsers());
  const present = await presentStaff(deps.db);
  const known = new Set(present.map((person) => person.staffUserId));
  const changed = new Set([
    ...present.filter((person) => person.followsCustomers !== following.has(person.staffUserId)).map((person) => person.staffUserId),
    ...[...following].filter((staffUserId) => !known.has(staffUserId)),
    ...(await unwatchedStaff(deps.db, new Date(deps.clock.now().getTime() - watchStaffEveryMs), 20)),
  ]);
  for (const staffUserId of changed)
    if ((await refreshStaff(deps, staffUserId, following)) === 'left') deps.log.info({ staff: staffUserId }, 'a staff member has left');
}
