import type { ChangePerson } from '@nextline/contract';
import { WeComError } from '@nextline/wecom';
import { forgetStaffDirectory } from '../customers/staff-directory.ts';
import { type AuditEntry, writeAudit } from '../audit/write-audit.ts';
import type { Deps, Principal } from '../feature.ts';
import type { Principals } from '../identity/principals.ts';
import { refreshStaff } from '../wecom-sync/sync-staff.ts';
import { lockAdmins, lockPerson, savePerson } from './people.store.ts';
import { lastAdmin, personNotFound, storeNotFound } from './refusals.ts';
import { storeIsThere } from './stores.store.ts';

type ChangeDeps = Pick<Deps, 'db' | 'clock' | 'wecom' | 'config' | 'log'> & { principals: Principals };

/**
 * Gives somebody a role or a store by hand, or lets WeCom say again. Somebody must always be able to give roles: the last admin stays one. Their open
 * sessions follow at once in this process, and within half a minute in others.
 */
export async function changePerson(deps: ChangeDeps, who: Principal, userId: string, { role, store }: ChangePerson): Promise<void> {
  const { db, clock, config, principals } = deps;
  await db.transaction(async (tx) => {
    const admins = await lockAdmins(tx);
    const before = await lockPerson(tx, userId);
    if (before === null) throw personNotFound();
    if (store !== undefined && store !== 'as_wecom' && store.storeId !== null && !(await storeIsThere(tx, store.storeId)))
      throw storeNotFound();
    const staysAdmin = role === undefined || role === 'admin';
    if (!staysAdmin && admins.length === 1 && admins[0] === userId) throw lastAdmin();
    await savePerson(tx, userId, {
      roleByHand: role === undefined ? before.roleByHand : role !== 'as_wecom',
      role: role === undefined || role === 'as_wecom' ? before.role : role,
      storeByHand: store === undefined ? before.storeByHand : store !== 'as_wecom',
      storeId: store === undefined || store === 'as_wecom' ? before.storeId : store.storeId,
    });
    const entry = (action: AuditEntry['action'], from: string | null, to: string | null): AuditEntry => ({
      corpId: config.wecom.corpId,
      who,
      action,
      subject: { kind: 'staff', id: userId },
      detail: { from, to },
      at: clock.now(),
    });
    await writeAudit(
      tx,
      ...(role === undefined ? [] : [entry('person.role', before.role, role)]),
      ...(store === undefined ? [] : [entry('person.store', before.storeId, store === 'as_wecom' ? store : store.storeId)]),
    );
  });
  principals.forget(userId);
  forgetStaffDirectory(deps);
  if (role === 'as_wecom' || store === 'as_wecom') await askWeComAgain(deps, userId);
}

/** What WeCom says counts from the next sync on anyway; asked now, the page shows it at once. */
async function askWeComAgain(deps: ChangeDeps, userId: string): Promise<void> {
  try {
    await refreshStaff(deps, userId);
  } catch (error) {
    if (!(error instanceof WeComError)) throw error;
    deps.log.debug({ err: error, staff: userId }, 'somebody who follows WeCom again could not be read just now');
  }
  deps.principals.forget(userId);
}
