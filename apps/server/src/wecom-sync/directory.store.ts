import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, notInArray, or, sql } from 'drizzle-orm';
import { dayMs } from '../corp-time.ts';
import type { Queryable } from '../database.ts';
import { corps, departments, staff, stores } from '../identity/identity.table.ts';

type StaffRow = typeof staff.$inferInsert;

export async function nameCorp(db: Queryable, corpId: string, name: string, now: Date): Promise<void> {
  await db
    .insert(corps)
    .values({ corpId, name, createdAt: now })
    .onConflictDoUpdate({ target: [corps.corpId], set: { name } });
}

/** A corp that WeCom has not told us the name of yet is called by its id. */
export async function ensureCorp(db: Queryable, corpId: string, now: Date): Promise<void> {
  await db.insert(corps).values({ corpId, name: corpId, createdAt: now }).onConflictDoNothing();
}

/** The whole tree at once: a department that WeCom no longer lists is gone. Never call it with the answer of a failed read. */
export async function replaceDepartments(
  db: Queryable,
  corpId: string,
  rows: Omit<typeof departments.$inferInsert, 'corpId'>[],
): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(departments)
    .values(rows.map((row) => ({ corpId, ...row })))
    .onConflictDoUpdate({
      target: [departments.corpId, departments.departmentId],
      set: { parentId: sql`excluded.parent_id`, name: sql`excluded.name`, position: sql`excluded.position` },
    });
  const kept = rows.map((row) => row.departmentId);
  await db.delete(departments).where(notInArray(departments.departmentId, kept));
}

/** A store outlives its department: orders and scripts belong to it. What was named by hand keeps its name. */
export async function upsertStores(
  db: Queryable,
  corpId: string,
  rows: { departmentId: string; name: string; region: string | null }[],
): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(stores)
    .values(rows.map((row) => ({ corpId, storeId: row.departmentId, ...row })))
    .onConflictDoUpdate({
      target: [stores.corpId, stores.storeId],
      set: { name: sql`excluded.name`, region: sql`excluded.region` },
      setWhere: eq(stores.byHand, false),
    });
}

export async function storeDepartmentIds(db: Queryable): Promise<Set<string>> {
  const rows = await db.select({ departmentId: stores.departmentId }).from(stores).where(isNotNull(stores.departmentId));
  return new Set(rows.flatMap((row) => (row.departmentId === null ? [] : [row.departmentId])));
}

/** Role and store follow WeCom until somebody sets them by hand. */
export async function upsertStaff(db: Queryable, rows: StaffRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(staff)
    .values(rows)
    .onConflictDoUpdate({
      target: [staff.corpId, staff.staffUserId],
      set: {
        name: sql`excluded.name`,
        alias: sql`excluded.alias`,
        avatarUrl: sql`coalesce(excluded.avatar_url, ${staff.avatarUrl})`,
        position: sql`excluded.position`,
        departmentIds: sql`excluded.department_ids`,
        storeId: sql`CASE WHEN ${staff.storeByHand} THEN ${staff.storeId} ELSE excluded.store_id END`,
        role: sql`CASE WHEN ${staff.roleByHand} THEN ${staff.role} ELSE excluded.role END`,
        followsCustomers: sql`excluded.follows_customers`,
        // Since when somebody is gone does not change by being asked again.
        leftAt: sql`CASE WHEN excluded.left_at IS NOT NULL THEN coalesce(${staff.leftAt}, excluded.left_at) END`,
        syncedAt: sql`excluded.synced_at`,
      },
    });
}

export async function markStaffLeft(db: Queryable, staffUserId: string, now: Date): Promise<void> {
  await db
    .update(staff)
    .set({ leftAt: now, followsCustomers: false, syncedAt: now })
    .where(and(eq(staff.staffUserId, staffUserId), isNull(staff.leftAt)));
}

export async function presentStaff(db: Queryable): Promise<{ staffUserId: string; followsCustomers: boolean }[]> {
  return db.select({ staffUserId: staff.staffUserId, followsCustomers: staff.followsCustomers }).from(staff).where(isNull(staff.leftAt));
}

export async function followingStaffIds(db: Queryable): Promise<string[]> {
  const rows = await db
    .select({ staffUserId: staff.staffUserId })
    .from(staff)
    .where(and(eq(staff.followsCustomers, true), isNull(staff.leftAt)))
    .orderBy(asc(staff.staffUserId));
  return rows.map((row) => row.staffUserId);
}

/** Those outside WeCom's list of follow users whom nobody has looked at since `before`, longest ago first. */
export async function unwatchedStaff(db: Queryable, before: Date, limit: number): Promise<string[]> {
  const rows = await db
    .select({ staffUserId: staff.staffUserId })
    .from(staff)
    .where(
      and(
        isNull(staff.leftAt),
        eq(staff.followsCustomers, false),
        or(lt(staff.syncedAt, before), gt(staff.syncedAt, new Date(before.getTime() + dayMs))),
      ),
    )
    .orderBy(asc(staff.syncedAt))
    .limit(limit);
  return rows.map((row) => row.staffUserId);
}

export async function knownStaff(db: Queryable, staffUserIds: string[]): Promise<Set<string>> {
  if (staffUserIds.length === 0) return new Set();
  const rows = await db.select({ staffUserId: staff.staffUserId }).from(staff).where(inArray(staff.staffUserId, staffUserIds));
  return new Set(rows.map((row) => row.staffUserId));
}

/** Present people whom no answer since then has named, by their ids. */
export async function staffNotSeenSince(db: Queryable, since: Date): Promise<string[]> {
  const rows = await db
    .select({ staffUserId: staff.staffUserId })
    .from(staff)
    .where(and(isNull(staff.leftAt), lt(staff.syncedAt, since)))
    .orderBy(asc(staff.staffUserId));
  return rows.map((row) => row.staffUserId);
}

/** Nobody is in the answer whom we have never met. */
export async function presenceOf(db: Queryable, staffUserIds: string[]): Promise<Map<string, 'present' | 'left'>> {
  if (staffUserIds.length === 0) return new Map();
  const rows = await db
    .select({ staffUserId: staff.staffUserId, leftAt: staff.leftAt })
    .from(staff)
    .where(inArray(staff.staffUserId, staffUserIds));
  return new Map(rows.map(({ staffUserId, leftAt }) => [staffUserId, leftAt === null ? 'present' : 'left']));
}

export async function namesOfStaff(db: Queryable, staffUserIds: string[]): Promise<Map<string, string>> {
  if (staffUserIds.length === 0) return new Map();
  const rows = await db
    .select({ staffUserId: staff.staffUserId, name: staff.name })
    .from(staff)
    .where(inArray(staff.staffUserId, staffUserIds));
  return new Map(rows.map(({ staffUserId, name }) => [staffUserId, name]));
}
