import { and, eq, isNull } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import type { Principal } from '../feature.ts';
import { corps, staff, stores } from './identity.table.ts';

export async function findPrincipal(db: Queryable, staffUserId: string): Promise<Principal | null> {
  const [row] = await db
    .select({ staffUserId: staff.staffUserId, name: staff.name, role: staff.role, storeId: staff.storeId })
    .from(staff)
    .where(and(eq(staff.staffUserId, staffUserId), isNull(staff.leftAt)));
  return row ?? null;
}

export type BootFacts = { corpName: string; timeZone: string; avatarUrl: string | null; storeName: string | null };

export async function findBootFacts(db: Queryable, staffUserId: string): Promise<BootFacts> {
  const [row] = await db
    .select({ corpName: corps.name, timeZone: corps.timeZone, avatarUrl: staff.avatarUrl, storeName: stores.name })
    .from(corps)
    .leftJoin(staff, and(eq(staff.corpId, corps.corpId), eq(staff.staffUserId, staffUserId)))
    .leftJoin(stores, and(eq(stores.corpId, staff.corpId), eq(stores.storeId, staff.storeId)));
  return row ?? { corpName: '', timeZone: 'Asia/Shanghai', avatarUrl: null, storeName: null };
}
