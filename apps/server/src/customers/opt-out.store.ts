import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { customers } from './customers.table.ts';

/** The first refusal counts: asking again does not move its date. */
export async function setOptedOut(db: Queryable, externalUserId: string, at: Date | null): Promise<Date | null> {
  const [row] = await db
    .update(customers)
    .set({ optedOutAt: at === null ? null : sql`coalesce(${customers.optedOutAt}, ${at.toISOString()}::timestamptz)` })
    .where(eq(customers.externalUserId, externalUserId))
    .returning({ optedOutAt: customers.optedOutAt });
  return row?.optedOutAt ?? null;
}
