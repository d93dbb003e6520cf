import type { Store } from '@nextline/contract';
import { and, asc, count, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { staff, stores } from '../identity/identity.table.ts';

export async function readStores(db: Queryable): Promise<Store[]> {
  const { storeId, name, region, departmentId, byHand } = stores;
  return db
    .select({
      storeId,
      name,
      region,
      departmentId,
      byHand,
      people: sql<number>`(SELECT count(*)::int FROM ${staff} WHERE ${staff.corpId} = ${stores.corpId} AND ${staff.storeId} = ${stores.storeId}
        AND ${staff.leftAt} IS NULL)`,
    })
    .from(stores)
    .orderBy(sql`${region} NULLS LAST`, asc(storeId));
}

export async function storeIsThere(db: Queryable, storeId: string): Promise<boolean> {
  const found = await db.select({ id: stores.storeId }).from(stores).where(eq(stores.storeId, storeId));
  return found.length > 0;
}

export async function lockStore(tx: Queryable, storeId: string): Promise<typeof stores.$inferSelect | null> {
  const [row] = await tx.select().from(stores).where(eq(stores.storeId, storeId)).for('update');
  return row ?? null;
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
