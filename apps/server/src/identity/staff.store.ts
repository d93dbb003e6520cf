import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import type { Principal } from '../feature.ts';
import { corps, roleRules, staff, stores } from './identity.table.ts';
import { seesMobilesByDefault } from './permissions.ts';

/** Somebody who is here, and when WeCom last said so. */
export type KnownPerson = { principal: Principal; followsCustomers: boolean; consoleEndedAt: Date | null; syncedAt: Date };

export async function findPerson(db: Queryable, staffUserId: string): Promise<KnownPerson | null> {
  const [row] = await db
    .select({
      staffUserId: staff.staffUserId,
      name: staff.name,
      role: staff.role,
      storeId: staff.storeId,
      followsCustomers: staff.followsCustomers,
      consoleEndedAt: staff.consoleEndedAt,
      syncedAt: staff.syncedAt,
      mobilesRule: roleRules.seesMobiles,
    })
    .from(staff)
    .leftJoin(roleRules, and(eq(roleRules.corpId, staff.corpId), eq(roleRules.role, staff.role)))
    .where(and(eq(staff.staffUserId, staffUserId), isNull(staff.leftAt)));
  if (row === undefined) return null;
  const { mobilesRule, followsCustomers, consoleEndedAt, syncedAt, ...person } = row;
  return {
    principal: { ...person, seesMobiles: mobilesRule ?? seesMobilesByDefault(person.role) },
    followsCustomers,
    consoleEndedAt,
    syncedAt,
  };
}

/** Whoever signs out does so everywhere. */
export async function endConsoleSessions(db: Queryable, staffUserId: string, at: Date): Promise<void> {
  await db.update(staff).set({ consoleEndedAt: at }).where(eq(staff.staffUserId, staffUserId));
}

/** Admins who are still here, by name. */
export async function adminNames(db: Queryable, atMost: number): Promise<string[]> {
  const rows = await db
    .select({ name: staff.name })
    .from(staff)
    .where(and(eq(staff.role, 'admin'), isNull(staff.leftAt)))
    .orderBy(asc(staff.staffUserId))
    .limit(atMost);
  return rows.map((row) => row.name);
}

export async function makeAdmin(db: Queryable, staffUserId: string): Promise<void> {
  await db.update(staff).set({ role: 'admin', roleByHand: true }).where(eq(staff.staffUserId, staffUserId));
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
