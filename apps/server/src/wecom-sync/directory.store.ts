import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, notInArray, or, sql } from 'drizzle-orm';
import { dayMs } from '../corp-time.ts';
import type { Queryable } from '../database.ts';
import { corps, departments, staff, stores } from '../identity/identity.table.ts';
import { isNews } from './as-of.ts';

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
  for (let from = 0; from < rows.length; from += 1000)
    await db
      .insert(departments)
      .values(rows.slice(from, from + 1000).map((row) => ({ corpId, ...row })))
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
  for (let from = 0; from < rows.length; from += 1000)
    await db
      .insert(stores)
      .values(rows.slice(from, from + 1000).map((row) => ({ corpId, storeId: row.departmentId, ...row })))
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

/** Role and store follow WeCom until somebody sets them by hand. Who was asked about since `syncedAt` stays as they are: to read a large corp takes minutes. */
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
      setWhere: isNews(staff.syncedAt),
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

/** Whether somebody may have customers of whom we know none, and is not among those of whom a run of the sync has said why. */
export async function someoneIsUnread(db: Queryable, explained: readonly string[]): Promise<boolean> {
  const { rows } = await db.execute(sql`
    SELECT FROM staff s WHERE s.left_at IS NULL AND s.follows_customers AND s.staff_user_id <> ALL(${sql.param(explained)}::text[])
      AND NOT EXISTS (SELECT FROM follows f WHERE f.corp_id = s.corp_id AND f.staff_user_id = s.staff_user_id) LIMIT 1`);
  return rows.length > 0;
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

/** Nobody is in the answer whom we have never met. `seen`: WeCom has named them since then, `present`: it has not. */
export async function presenceOf(db: Queryable, staffUserIds: string[], since: Date): Promise<Map<string, 'seen' | 'present' | 'left'>> {
  if (staffUserIds.length === 0) return new Map();
  const rows = await db
    .select({ staffUserId: staff.staffUserId, leftAt: staff.leftAt, syncedAt: staff.syncedAt })
    .from(staff)
    .where(inArray(staff.staffUserId, staffUserIds));
  return new Map(
    rows.map(({ staffUserId, leftAt, syncedAt }) => [staffUserId, leftAt !== null ? 'left' : syncedAt >= since ? 'seen' : 'present']),
  );
}

export async function namesOfStaff(db: Queryable, staffUserIds: string[]): Promise<Map<string, string>> {
  if (staffUserIds.length === 0) return new Map();
  const rows = await db
    .select({ staffUserId: staff.staffUserId, name: staff.name })
    .from(staff)
    .where(inArray(staff.staffUserId, staffUserIds));
  return new Map(rows.map(({ staffUserId, name }) => [staffUserId, name]));
}
