import { and, eq, isNull } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import type { Principal } from '../feature.ts';
import { staff } from './identity.table.ts';

export async function findPrincipal(db: Queryable, staffUserId: string): Promise<Principal | null> {
  const [row] = await db
    .select({ staffUserId: staff.staffUserId, name: staff.name, role: staff.role, storeId: staff.storeId })
    .from(staff)
    .where(and(eq(staff.staffUserId, staffUserId), isNull(staff.leftAt)));
  return row ?? null;
}
