import { WeComError } from '@nextline/wecom';
import type { Deps } from '../feature.ts';
import { presentStaff, unwatchedStaff } from './directory.store.ts';
import { type DirectoryDeps, refreshStaff } from './sync-staff.ts';

type WatchDeps = DirectoryDeps & Pick<Deps, 'log'>;

/** WeCom tells an app of the corp's own nothing when somebody leaves: asked this often, a session ends within 60 s of it. It is also how we notice that WeCom does not answer. */
export const watchStaffEveryMs = 10_000;

/** One look at WeCom's list of staff who may have customers, and a few of those who may not. Also tells whether WeCom answers at all. */
export async function watchStaff(deps: WatchDeps): Promise<void> {
  const following = new Set(await deps.wecom.followUsers());
  const present = await presentStaff(deps.db);
  // Nobody is known before the first sync, which brings them all at once.
  if (present.length === 0) return;
  const known = new Set(present.map((person) => person.staffUserId));
  const changed = new Set([
    ...present.filter((person) => person.followsCustomers !== following.has(person.staffUserId)).map((person) => person.staffUserId),
    ...[...following].filter((staffUserId) => !known.has(staffUserId)),
    ...(await unwatchedStaff(deps.db, new Date(deps.clock.now().getTime() - watchStaffEveryMs), 20)),
  ]);
  for (const staffUserId of changed) await look(deps, staffUserId, following);
}

async function look(deps: WatchDeps, staffUserId: string, following: ReadonlySet<string>): Promise<void> {
  try {
    if ((await refreshStaff(deps, staffUserId, following)) === 'left') deps.log.info({ staff: staffUserId }, 'a staff member has left');
  } catch (error) {
    // One person who cannot be read must not hide the others.
    if (!(error instanceof WeComError) || error.errcode === null) throw error;
    deps.log.debug({ err: error, staff: staffUserId }, 'a staff member cannot be read');
  }
}
