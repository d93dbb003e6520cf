import { and, asc, eq, gt, isNull, max, or, sql } from 'drizzle-orm';
import { follows } from '../customers/customers.table.ts';
import type { Queryable } from '../database.ts';
import { staff } from '../identity/identity.table.ts';
import { touches } from '../sends/sends.table.ts';
import { callbackInbox } from '../wecom-callback/wecom-callback.table.ts';

/** Settled callbacks are kept for a month, so this is about the last month. */
export async function lastCallbackAt(db: Queryable): Promise<Date | null> {
  const [row] = await db.select({ at: max(callbackInbox.receivedAt) }).from(callbackInbox);
  return row?.at ?? null;
}

/** Any one row is enough; the ledger is never counted. */
export async function sentFromSidebarSince(db: Queryable, since: Date): Promise<boolean> {
  const found = await db
    .select({ one: sql`1` })
    .from(touches)
    .where(and(gt(touches.touchedAt, since), eq(touches.touchpoint, 'sidebar')))
    .limit(1);
  return found.length > 0;
}

const hasCustomers = sql`EXISTS (SELECT FROM ${follows} WHERE ${follows.corpId} = ${staff.corpId}
  AND ${follows.staffUserId} = ${staff.staffUserId} AND ${follows.endedAt} IS NULL)`;
const expected = and(isNull(staff.leftAt), or(staff.followsCustomers, hasCustomers));

/** Who, as far as we know, works with customers: these the app must be able to see. */
export const staffWithCustomers = (db: Queryable): Promise<{ staffUserId: string; name: string }[]> =>
  db.select({ staffUserId: staff.staffUserId, name: staff.name }).from(staff).where(expected).orderBy(asc(staff.staffUserId));
