import { WeComError } from '@nextline/wecom';
import type { Deps } from '../feature.ts';
import { presentStaff, unwatchedStaff } from './directory.store.ts';
import { aboutStaff, askAndRemember, whoHasCustomers } from './remember-answers.ts';
import { type DirectoryDeps, refreshStaff } from './sync-staff.ts';
import { staffLastRefused, staffLongestUnasked } from './wecom-answers.store.ts';

type WatchDeps = DirectoryDeps & Pick<Deps, 'log'>;

/** WeCom tells an app of the corp's own nothing when somebody leaves: asked this often, a session ends within 60 s of it. It is also how we notice that WeCom does not answer. */
export const watchStaffEveryMs = 10_000;

/** So many are looked at each time, beside those of whom the list says that something has changed. */
const atOnce = 20;
/** Of those, so many side by side: with a whole region hidden from the app, a round of one after another took longer than a session may outlive its person. */
const abreast = 5;

/** One look at WeCom's list of staff who may have customers, and a few of those who may not. Also tells whether WeCom answers at all. */
export async function watchStaff(deps: WatchDeps): Promise<void> {
  const { agentId } = deps.config.wecom;
  const following = new Set(
    await askAndRemember(deps, whoHasCustomers, () => deps.wecom.followUsers()).catch((error: unknown) => withoutTheList(deps, error)),
  );
  const present = await presentStaff(deps.db);
  // Nobody is known before the first sync, which brings them all at once.
  if (present.length === 0) return;
  const known = new Set(present.map((person) => person.staffUserId));
  const changed = new Set([
    ...present.filter((person) => person.followsCustomers !== following.has(person.staffUserId)).map((person) => person.staffUserId),
    ...[...following].filter((staffUserId) => !known.has(staffUserId)),
    ...(await unwatchedStaff(deps.db, new Date(deps.clock.now().getTime() - watchStaffEveryMs), atOnce)),
    // Whoever was hidden and is not any more may long be in the list again.
    ...(await staffLastRefused(deps.db, agentId, atOnce)),
  ]);
  const next = [...changed].values();
  const lookOn = async () => {
    for (const staffUserId of next) await look(deps, staffUserId, following);
  };
  // All of them come to their end before the round does, also when one has failed.
  const ends = await Promise.allSettled(Array.from({ length: abreast }, lookOn));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

async function look(deps: WatchDeps, staffUserId: string, following: ReadonlySet<string>): Promise<void> {
  try {
    const now = await askAndRemember(deps, aboutStaff(staffUserId), () => refreshStaff(deps, staffUserId, following));
    if (now === 'left') deps.log.info({ staff: staffUserId }, 'a staff member has left');
  } catch (error) {
    // One person who cannot be read must not hide the others.
    if (!(error instanceof WeComError) || error.errcode === null) throw error;
    deps.log.debug({ err: error, staff: staffUserId }, 'a staff member cannot be read');
  }
}

/** The app may not ask for the list. Whom it can see is another matter, and worth knowing before the doctor is asked. */
async function withoutTheList(deps: WatchDeps, refused: unknown): Promise<never> {
  if (refused instanceof WeComError && refused.errcode === 48002)
    for (const staffUserId of await staffLongestUnasked(deps.db, deps.config.wecom.agentId, atOnce))
      await askAndRemember(deps, aboutStaff(staffUserId), () => deps.wecom.staff(staffUserId)).catch((error: unknown) => {
        if (!(error instanceof WeComError) || error.errcode === null) throw error;
      });
  throw refused;
}
