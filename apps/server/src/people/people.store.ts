import type { Role } from '@nextline/contract';
import { and, asc, count, eq, ilike, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm';
import { follows } from '../customers/customers.table.ts';
import type { Queryable } from '../database.ts';
import { departments, staff, stores } from '../identity/identity.table.ts';

export type PersonPlace = { storeId: string; userId: string };
export type PeopleConditions = {
  q: string;
  storeId?: string | undefined;
  role?: Role | undefined;
  left: boolean;
  onlyStoreId?: string | undefined;
};

/** Where somebody stands in the list: whoever belongs to no store comes first. */
const place = sql<string>`coalesce(${staff.storeId}, '')`;
const pattern = (q: string) => `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

function matching({ q, storeId, role, left, onlyStoreId }: PeopleConditions): SQL | undefined {
  return and(
    left ? isNotNull(staff.leftAt) : isNull(staff.leftAt),
    q === '' ? undefined : or(ilike(staff.name, pattern(q)), ilike(staff.alias, pattern(q)), ilike(staff.staffUserId, pattern(q))),
    storeId === undefined ? undefined : storeId === 'none' ? isNull(staff.storeId) : eq(staff.storeId, storeId),
    role && eq(staff.role, role),
    onlyStoreId === undefined ? undefined : eq(staff.storeId, onlyStoreId),
  );
}

export async function findPeople(db: Queryable, conditions: PeopleConditions, page: { behind: PersonPlace | null; limit: number }) {
  const { behind, limit } = page;
  return db
    .select({
      userId: staff.staffUserId,
      name: staff.name,
      alias: staff.alias,
      avatarUrl: staff.avatarUrl,
      position: staff.position,
      departmentIds: staff.departmentIds,
      storeId: staff.storeId,
      storeName: stores.name,
      storeByHand: staff.storeByHand,
      role: staff.role,
      roleByHand: staff.roleByHand,
      followsCustomers: staff.followsCustomers,
      leftAt: staff.leftAt,
      place,
      customers: sql<number>`(SELECT count(*)::int FROM ${follows} WHERE ${follows.corpId} = ${staff.corpId}
        AND ${follows.staffUserId} = ${staff.staffUserId} AND ${follows.endedAt} IS NULL)`,
    })
    .from(staff)
    .leftJoin(stores, and(eq(stores.corpId, staff.corpId), eq(stores.storeId, staff.storeId)))
    .where(and(matching(conditions), behind ? sql`(${place}, ${staff.staffUserId}) > (${behind.storeId}, ${behind.userId})` : undefined))
    .orderBy(asc(place), asc(staff.staffUserId))
    .limit(limit);
}
export type FoundPerson = Awaited<ReturnType<typeof findPeople>>[number];

export async function countPeople(db: Queryable, conditions: PeopleConditions): Promise<number> {
  const [row] = await db.select({ total: count() }).from(staff).where(matching(conditions));
  return row?.total ?? 0;
}

export async function namesOfDepartments(db: Queryable): Promise<Map<string, string>> {
  const rows = await db.select({ id: departments.departmentId, name: departments.name }).from(departments);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Held to the end of the transaction: two admins who take each other's role away at once take turns. */
export async function lockAdmins(tx: Queryable): Promise<string[]> {
  const rows = await tx
    .select({ id: staff.staffUserId })
    .from(staff)
    .where(and(eq(staff.role, 'admin'), isNull(staff.leftAt)))
    .orderBy(asc(staff.staffUserId))
    .for('update');
  return rows.map((row) => row.id);
}

export async function lockPerson(tx: Queryable, userId: string) {
  const [row] = await tx
    .select({ role: staff.role, roleByHand: staff.roleByHand, storeId: staff.storeId, storeByHand: staff.storeByHand, name: staff.name })
    .from(staff)
    .where(eq(staff.staffUserId, userId))
    .for('update');
  return row ?? null;
}

export async function savePerson(
  tx: Queryable,
  userId: string,
  change: Partial<Pick<typeof staff.$inferInsert, 'role' | 'roleByHand' | 'storeId' | 'storeByHand'>>,
): Promise<void> {
  await tx.update(staff).set(change).where(eq(staff.staffUserId, userId));
}
