import type { Database } from '../database.ts';
import type { Principal } from '../feature.ts';

/** By what this staff member sees her: their own follow, alive or ended, or null as the manager of somebody who follows her. An own follow that has ended comes last. */
export type Relation = { own: 'alive' | 'ended' | null; endedAt: Date | null };

const relationSql = `
SELECT CASE WHEN f.staff_user_id <> $3 THEN NULL WHEN f.ended_at IS NULL THEN 'alive' ELSE 'ended' END AS own, f.ended_at AS "endedAt"
FROM follows f
WHERE f.corp_id = $1 AND f.external_user_id = $2 AND (f.staff_user_id = $3
  OR ($5 AND EXISTS (SELECT FROM staff p WHERE p.corp_id = $1 AND p.staff_user_id = f.staff_user_id AND p.store_id = $4)))
ORDER BY (f.staff_user_id = $3 AND f.ended_at IS NULL) DESC, f.staff_user_id <> $3 DESC LIMIT 1`;

/** The same question as the panel's, for everything else that is done with a customer. Null: not for you. */
export async function findRelation(db: Database, corpId: string, externalUserId: string, who: Principal): Promise<Relation | null> {
  const values = [corpId, externalUserId, who.staffUserId, who.storeId, who.role === 'manager'];
  const [relation] = await db.shortReads.query<Relation>({ name: 'relation', text: relationSql, values });
  return relation ?? null;
}
