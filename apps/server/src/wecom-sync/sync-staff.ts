import { type StaffMember, WeComError } from '@nextline/wecom';
import type { Queryable } from '../database.ts';
import type { Deps } from '../feature.ts';
import {
  followingStaffIds,
  knownStaff,
  markStaffLeft,
  nameCorp,
  replaceDepartments,
  staffNotSeenSince,
  storeDepartmentIds,
  upsertStaff,
  upsertStores,
} from './directory.store.ts';
import { homeOrphanedTasks } from '../tasks/home-orphaned-tasks.ts';
import { roleOfStaff } from './role-of-staff.ts';
import { storesOfDepartments } from './stores-of-departments.ts';
import { isAboutOne } from './why-empty.ts';

export type DirectoryDeps = Pick<Deps, 'db' | 'clock' | 'wecom' | 'config'>;

/** WeCom does not know this person, or no longer. */
const noSuchStaff = 60111;

/** What WeCom said of somebody or something instead of answering: hidden from the app, or gone since it was listed. No reason to read nobody at all. */
async function orRefusal<T>(answer: Promise<T>): Promise<T | WeComError> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof WeComError && isAboutOne(error)) return error;
    throw error;
  }
}

type StaffRow = Parameters<typeof upsertStaff>[1][number];

function staffRow(corpId: string, person: StaffMember, followsCustomers: boolean, stores: ReadonlySet<string>, asOf: Date): StaffRow {
  const storeId = [person.mainDepartmentId, ...person.departmentIds].find((id) => id !== null && stores.has(id)) ?? null;
  const gone = person.status === 'left' || person.status === 'disabled';
  return {
    corpId,
    staffUserId: person.userId,
    name: person.name === '' ? person.userId : person.name,
    alias: person.alias === '' ? null : person.alias,
    avatarUrl: person.avatarUrl,
    position: person.position === '' ? null : person.position,
    departmentIds: person.departmentIds,
    storeId,
    role: roleOfStaff(person, stores),
    followsCustomers: followsCustomers && !gone,
    leftAt: gone ? asOf : null,
    syncedAt: asOf,
  };
}

/** The departments, and from them the brand's name and its stores. */
export async function syncDepartments(deps: DirectoryDeps): Promise<string[]> {
  const { corpId } = deps.config.wecom;
  // Each once: what an answer names twice, no statement could write.
  const departments = [...new Map((await deps.wecom.departments()).map((one) => [one.departmentId, one])).values()];
  const root = departments.find((department) => department.parentId === null);
  await deps.db.transaction(async (tx) => {
    if (root && root.name !== '') await nameCorp(tx, corpId, root.name, deps.clock.now());
    await replaceDepartments(
      tx,
      corpId,
      departments.map(({ departmentId, parentId, name, order }) => ({
        departmentId,
        parentId,
        name,
        position: Math.min(order, 2_147_483_647),
      })),
    );
    await upsertStores(tx, corpId, storesOfDepartments(departments));
  });
  return departments.map((department) => department.departmentId);
}

/** Who may have customers; and who WeCom says does so, and what it said when it was asked who they are. */
export type FollowingStaff = { readable: string[]; refused: ReadonlyMap<string, WeComError> };

/** Everybody the app may see: who works where, in which role, and who may have customers. Answers those. Whoever is gone hands over, as when one is asked about. */
export async function syncStaff(deps: DirectoryDeps): Promise<FollowingStaff> {
  const { corpId } = deps.config.wecom;
  const asOf = deps.clock.now();
  const departmentIds = await syncDepartments(deps);
  const following = new Set(await deps.wecom.followUsers());
  const people = new Map<string, StaffMember>();
  for (const departmentId of departmentIds) {
    const members = await orRefusal(deps.wecom.staffOfDepartment(departmentId));
    if (!(members instanceof WeComError)) for (const person of members) people.set(person.userId, person);
  }
  // Visible as a person though their department is not; or listed though not visible at all.
  const refused = new Map<string, WeComError>();
  for (const userId of following) {
    if (people.has(userId)) continue;
    const person = await orRefusal(deps.wecom.staff(userId));
    if (person instanceof WeComError) refused.set(userId, person);
    else people.set(userId, person);
  }
  const stores = await storeDepartmentIds(deps.db);
  const rows = [...people.values()]
    .map((person) => staffRow(corpId, person, following.has(person.userId), stores, asOf))
    .toSorted((a, b) => (a.staffUserId < b.staffUserId ? -1 : 1));
  await deps.db.transaction(async (tx) => {
    for (let from = 0; from < rows.length; from += 500) await upsertStaff(tx, rows.slice(from, from + 500));
    await homeOrphanedTasks(tx, {});
  });
  return { readable: await followingStaffIds(deps.db), refused };
}

/** Whoever leaves hands their open tasks over in the same transaction, and whoever is back takes those back that were only kept. */
async function noteChange(deps: DirectoryDeps, staffUserId: string, note: (tx: Queryable) => Promise<void>): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await note(tx);
    await homeOrphanedTasks(tx, { staffUserId });
    await homeOrphanedTasks(tx, { followedBy: staffUserId });
  });
}

/** One person as WeCom sees them now. `left` also for somebody who was never there. */
export async function refreshStaff(deps: DirectoryDeps, staffUserId: string, following?: ReadonlySet<string>): Promise<'present' | 'left'> {
  const now = deps.clock.now();
  let person: StaffMember;
  try {
    person = await deps.wecom.staff(staffUserId);
  } catch (error) {
    if (!(error instanceof WeComError) || error.errcode !== noSuchStaff) throw error;
    await noteChange(deps, staffUserId, (tx) => markStaffLeft(tx, staffUserId, now));
    return 'left';
  }
  const followers = following ?? new Set(await deps.wecom.followUsers());
  const row = staffRow(deps.config.wecom.corpId, person, followers.has(staffUserId), await storeDepartmentIds(deps.db), now);
  // A person who left before we ever met them is nobody we need to remember.
  if (row.leftAt !== null && !(await knownStaff(deps.db, [staffUserId])).has(staffUserId)) return 'left';
  await noteChange(deps, staffUserId, (tx) => upsertStaff(tx, [row]));
  return row.leftAt === null ? 'present' : 'left';
}

/** After `syncStaff` began at `since`: people of ours whom WeCom named in no answer. Somebody who cannot be read stays as they are. */
export async function refreshUnlistedStaff(deps: DirectoryDeps, since: Date): Promise<void> {
  const following = new Set(await deps.wecom.followUsers());
  for (const staffUserId of await staffNotSeenSince(deps.db, since)) {
    await orRefusal(refreshStaff(deps, staffUserId, following));
  }
}
