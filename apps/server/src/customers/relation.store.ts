import { sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import type { Principal } from '../feature.ts';

/** `own`: this staff member's own follow, alive or ended; null for a manager who only sees it. */
export type Relation = { own: 'alive' | 'ended' | null };

/** The same question as the panel's, for everything else that is done with a customer. Null: not for you. */
export async function findRelation(db: Queryable, corpId: string, externalUserId: string, who: Principal): Promise<Relation | null> {
  const { rows } = await db.execute<{ own: Relation['own'] }>(sql`
    SELECT CASE WHEN bool_or(f.staff_user_id = ${who.staffUserId} AND f.ended_at IS NULL) THEN 'alive'
      WHEN bool_or(f.staff_user_id = ${who.staffUserId}) THEN 'ended' END AS own
    FROM follows f JOIN staff p ON p.corp_id = f.corp_id AND p.staff_user_id = f.staff_user_id
    WHERE f.corp_id = ${corpId} AND f.external_user_id = ${externalUserId}
      AND (f.staff_user_id = ${who.staffUserId} OR (${who.role === 'manager'} AND p.store_id = ${who.storeId}))
    HAVING count(*) > 0`);
  return rows[0] ?? null;
}
