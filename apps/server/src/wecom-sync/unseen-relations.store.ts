import { sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';

export type CustomerInDoubt = { externalUserId: string; relations: { staffUserId: string; followedAt: Date }[] };

/** Customers with a living relation that no answer since then has named, in the order of their ids, from behind `after`. */
export async function customersNotSeenSince(
  db: Queryable,
  { since, after, limit }: { since: Date; after: string; limit: number },
): Promise<CustomerInDoubt[]> {
  const began = sql`${since.toISOString()}::timestamptz`;
  // Seen hours after now: by a clock that ran ahead and was set back. To ask about her once too often does no harm.
  const seen = sql`synced_at >= ${began} AND synced_at < ${began} + interval '12 hours'`;
  const unseen = sql`ended_at IS NULL AND NOT (${seen}) AND external_user_id > ${after}`;
  const { rows } = await db.execute<{ external_user_id: string; relations: { staffUserId: string; followedAt: string }[] }>(sql`
    SELECT external_user_id, jsonb_agg(jsonb_build_object('staffUserId', staff_user_id, 'followedAt', followed_at)) AS relations
    FROM follows WHERE ${unseen} GROUP BY external_user_id ORDER BY external_user_id LIMIT ${limit}`);
  return rows.map((row) => ({
    externalUserId: row.external_user_id,
    relations: row.relations.map(({ staffUserId, followedAt }) => ({ staffUserId, followedAt: new Date(followedAt) })),
  }));
}
