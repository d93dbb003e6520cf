import { asc } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { staff, stores } from '../identity/identity.table.ts';

export type KnownStaff = { staffUserId: string; name: string; storeId: string | null; followsCustomers: boolean; left: boolean };
export type KnownStore = { storeId: string; name: string };

export async function readAllStaff(db: Queryable): Promise<KnownStaff[]> {
  const { staffUserId, name, storeId, followsCustomers, leftAt } = staff;
  const rows = await db.select({ staffUserId, name, storeId, followsCustomers, leftAt }).from(staff).orderBy(asc(name), asc(staffUserId));
  return rows.map(({ leftAt: at, ...row }) => ({ ...row, left: at !== null }));
}

export async function readAllStores(db: Queryable): Promise<KnownStore[]> {
  return db.select({ storeId: stores.storeId, name: stores.name }).from(stores).orderBy(asc(stores.name), asc(stores.storeId));
}
