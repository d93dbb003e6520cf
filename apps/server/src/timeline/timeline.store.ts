import { sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';

/** One thing that happened, from whichever ledger. What the columns mean depends on `source`. */
export type TimelineRow = {
  source: 'touch' | 'outcome' | 'stage' | 'note' | 'follow_began' | 'follow_ended' | 'opt_out';
  id: string;
  at: Date;
  staff_user_id: string | null;
  staff_name: string | null;
  /** reply, order, visit; service, marketing; customer, staff, transfer. */
  kind: string | null;
  text: string | null;
  other: string | null;
  script_id: string | null;
  version: number | null;
};

export type TimelineCursor = { at: Date; id: string };

/**
 * The newest things before the cursor. Every ledger gives as many as the page holds, so the page is right whichever of them they come from; the id
 * decides between things of the same instant, so no row is shown twice or skipped.
 */
export async function readTimeline(
  db: Queryable,
  corpId: string,
  externalUserId: string,
  before: TimelineCursor | null,
  limit: number,
): Promise<TimelineRow[]> {
  const at = before?.at.toISOString() ?? 'infinity';
  const id = before?.id ?? '';
  const of = sql`corp_id = ${corpId} AND external_user_id = ${externalUserId}`;
  const older = (instant: string, key: string) =>
    sql`(${sql.raw(instant)}, ${sql.raw(key)} COLLATE "C") < (${at}::timestamptz, ${id}) ORDER BY ${sql.raw(instant)} DESC, ${sql.raw(key)} COLLATE "C" DESC LIMIT ${limit}`;
  const { rows } = await db.execute<Omit<TimelineRow, 'at'> & { at: string }>(sql`
    SELECT e.*, p.name AS staff_name FROM (
      (SELECT 'touch' AS source, 'touch ' || touch_id AS id, touched_at AS at, staff_user_id, purpose AS kind, title AS text, NULL AS other,
          script_id, version
        FROM touches WHERE ${of} AND ${older('touched_at', `('touch ' || touch_id)`)})
      UNION ALL (SELECT 'outcome', 'outcome ' || outcome_id, occurred_at, staff_user_id, kind, summary, NULL, NULL, NULL
        FROM outcomes WHERE ${of} AND kind NOT IN ('followed', 'unfollowed') AND ${older('occurred_at', `('outcome ' || outcome_id)`)})
      UNION ALL (SELECT 'stage', 'stage ' || move_id, moved_at, staff_user_id, why, from_stage_id, to_stage_id, NULL, NULL
        FROM stage_moves WHERE ${of} AND ${older('moved_at', `('stage ' || move_id)`)})
      UNION ALL (SELECT 'note', 'note ' || note_id, written_at, staff_user_id, NULL, text, NULL, NULL, NULL
        FROM notes WHERE ${of} AND ${older('written_at', `('note ' || note_id)`)})
      UNION ALL (SELECT 'follow_began', 'began ' || staff_user_id, followed_at, staff_user_id, NULL, NULL, NULL, NULL, NULL
        FROM follows WHERE ${of} AND ${older('followed_at', `('began ' || staff_user_id)`)})
      UNION ALL (SELECT 'follow_ended', 'ended ' || staff_user_id, ended_at, staff_user_id, ended_by, NULL, NULL, NULL, NULL
        FROM follows WHERE ${of} AND ended_at IS NOT NULL AND ${older('ended_at', `('ended ' || staff_user_id)`)})
      UNION ALL (SELECT 'opt_out', 'opt_out', opted_out_at, NULL, NULL, NULL, NULL, NULL, NULL
        FROM customers WHERE ${of} AND opted_out_at IS NOT NULL AND (opted_out_at, 'opt_out' COLLATE "C") < (${at}::timestamptz, ${id}))
    ) e LEFT JOIN staff p ON p.corp_id = ${corpId} AND p.staff_user_id = e.staff_user_id
    ORDER BY e.at DESC, e.id COLLATE "C" DESC LIMIT ${limit}`);
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}
