import { sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';

export type InboxProgress = {
  waiting: number;
  /** Of those, how many have failed at least once. */
  failing: number;
  /** Age of the oldest that waits. */
  oldestSeconds: number;
  dead: number;
  /** From receiving to having applied: the slowest of the last thousand, 0 when nothing was applied within five minutes. */
  lagSeconds: number;
};

/** How many of the last settled events the lag is taken from: enough for a burst, few enough to ask every few seconds. */
const sample = 1000;

/** Counted and timed in one question. */
export async function readInboxProgress(db: Queryable): Promise<InboxProgress> {
  const { rows } = await db.execute<InboxProgress>(sql`
    SELECT w.*, (SELECT count(*)::int FROM callback_inbox WHERE status = 'dead') AS dead,
      (SELECT coalesce(greatest(max(extract(epoch FROM settled_at - received_at)), 0), 0)::float8 FROM (
        SELECT settled_at, received_at FROM callback_inbox
        WHERE status IN ('applied', 'kept') AND settled_at > now() - interval '5 minutes'
        ORDER BY settled_at DESC LIMIT ${sample}) lately) AS "lagSeconds"
    FROM (
      SELECT count(*)::int AS waiting, count(failure)::int AS failing,
        coalesce(greatest(extract(epoch FROM now() - min(received_at)), 0), 0)::float8 AS "oldestSeconds"
      FROM callback_inbox WHERE status = 'waiting') w`);
  return rows[0] ?? { waiting: 0, failing: 0, oldestSeconds: 0, dead: 0, lagSeconds: 0 };
}
