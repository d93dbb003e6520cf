import { sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { missingScriptSettlements } from './script-editing.table.ts';

export type MissingLine = {
  query: string;
  times: number;
  guides: number;
  last_asked_at: Date;
  wishes: { wish: string; staffName: string; at: string }[];
};

/**
 * What was asked for since it was last settled. The most wanted first: how often, halved for every two weeks since it was last asked for.
 */
export async function readMissing(db: Queryable, now: Date, limit: number): Promise<MissingLine[]> {
  const { rows } = await db.execute<MissingLine>(sql`
    SELECT (array_agg(m.query ORDER BY m.asked_at DESC))[1] AS query, count(*)::int AS times,
      count(DISTINCT m.staff_user_id)::int AS guides, max(m.asked_at) AS last_asked_at,
      coalesce(jsonb_agg(jsonb_build_object('wish', m.wish, 'staffName', coalesce(s.name, m.staff_user_id), 'at', m.asked_at) ORDER BY m.asked_at DESC)
        FILTER (WHERE m.wish IS NOT NULL AND m.wish <> ''), '[]'::jsonb) AS wishes
    FROM missing_scripts m
    LEFT JOIN staff s ON s.corp_id = m.corp_id AND s.staff_user_id = m.staff_user_id
    LEFT JOIN missing_script_settlements t ON t.corp_id = m.corp_id AND t.query = lower(btrim(m.query))
    WHERE t.settled_at IS NULL OR m.asked_at > t.settled_at
    GROUP BY lower(btrim(m.query))
    ORDER BY count(*) * power(0.5, extract(epoch FROM ${now.toISOString()}::timestamptz - max(m.asked_at)) / 1209600) DESC, 1
    LIMIT ${limit}`);
  return rows;
}

/** Queries that differ in case or outer spaces only are one. Folded by the database, as they are when they are counted: JavaScript folds more letters. */
export async function upsertSettlement(tx: Queryable, settlement: typeof missingScriptSettlements.$inferInsert): Promise<void> {
  const { corpId: _corp, query, ...set } = settlement;
  await tx
    .insert(missingScriptSettlements)
    .values({ ...settlement, query: sql`lower(btrim(${query}))` })
    .onConflictDoUpdate({ target: [missingScriptSettlements.corpId, missingScriptSettlements.query], set });
}
