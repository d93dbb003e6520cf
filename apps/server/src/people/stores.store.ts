import type { Store } from '@nextline/contract';
import { and, asc, count, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { staff, stores } from '../identity/identity.table.ts';

// Names written out: in a select from one table the columns of a fragment lose theirs, and would all be those of the inner table.
/** Null also when WeCom has deleted the department since: nobody but us can do away with the store then. */
const departmentId = sql<
  string | null
>`(SELECT d.department_id FROM departments d WHERE d.corp_id = stores.corp_id AND d.department_id = stores.department_id)`;
const people = sql<number>`(SELECT count(*)::int FROM staff s WHERE s.corp_id = stores.corp_id AND s.store_id = stores.store_id AND s.left_at IS NULL)`;

export async function readStores(db: Queryable): Promise<Store[]> {
  const { storeId, name, region, byHand } = stores;
  return db
    .select({
      storeId,
      name,
      region,
      departmentId,
      byHand,
      people,
    })
    .from(stores)
    .orderBy(sql`${region} NULLS LAST`, asc(storeId));
}

export async function storeIsThere(db: Queryable, storeId: string): Promise<boolean> {
  const found = await db.select({ id: stores.storeId }).from(stores).where(eq(stores.storeId, storeId));
  return found.length > 0;
}

export async function lockStore(tx: Queryable, storeId: string): Promise<Pick<Store, 'name' | 'region' | 'departmentId'> | null> {
  const { name, region } = stores;
  const [row] = await tx.select({ name, region, departmentId }).from(stores).where(eq(stores.storeId, storeId)).for('update');
  return row ?? null;
}

/** Held to the end of the transaction: two who give stores names take turns, and the second finds the name taken. */
export async function lockStoreNames(tx: Queryable, corpId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`names of stores of ${corpId}`}, 0))`);
}

export async function storeOfName(db: Queryable, name: string, otherThan: string): Promise<boolean> {
  const found = await db
    .select({ id: stores.storeId })
    .from(stores)
    .where(and(eq(stores.name, name), ne(stores.storeId, otherThan)))
    .limit(1);
  return found.length > 0;
}

export async function insertStore(tx: Queryable, row: typeof stores.$inferInsert): Promise<void> {
  await tx.insert(stores).values(row);
}

export async function saveStore(tx: Queryable, storeId: string, change: Partial<Pick<Store, 'name' | 'region' | 'byHand'>>): Promise<void> {
  await tx.update(stores).set(change).where(eq(stores.storeId, storeId));
}

export async function peopleOfStore(tx: Queryable, storeId: string): Promise<number> {
  const [row] = await tx
    .select({ people: count() })
    .from(staff)
    .where(and(eq(staff.storeId, storeId), isNull(staff.leftAt)));
  return row?.people ?? 0;
}

export async function deleteStore(tx: Queryable, storeId: string): Promise<void> {
  await tx.update(staff).set({ storeId: null, storeByHand: false }).where(eq(staff.storeId, storeId));
  await tx.delete(stores).where(eq(stores.storeId, storeId));
}
