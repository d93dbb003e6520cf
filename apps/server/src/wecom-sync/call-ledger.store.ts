import { type CallLedger, disorderMs, hourMs, minuteMs, paceOf } from '@nextline/wecom';
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../database.ts';

const clockOfDatabase = sql`extract(epoch FROM clock_timestamp()) * 1000`;

/**
 * The row as `slotsStep` sees it: time stands still when two processes are heard in the wrong order, and everything moves along when the
 * clock was set back by more than that.
 */
const keptInTime = (asked: SQL) => sql`
  SELECT now, s.strikes, s.minute_free_at - back AS minute_free, s.hour_free_at - back AS hour_free, s.blocked_until - back AS blocked
  FROM (SELECT CASE WHEN s.seen_at - ${asked} <= ${disorderMs} THEN greatest(${asked}, s.seen_at) ELSE ${asked} END AS now) AS heard,
    LATERAL (SELECT greatest(0, s.seen_at - now) AS back) AS shift`;

/**
 * Nobody waits for the disk: who asks next waits for this row until the one before is committed. A Postgres that crashes forgets the slots of its last half second, of a minute's
 * that are paced.
 */
const withoutWaiting = sql`set_config('synchronous_commit', 'off', true)`;

const ms = (value: number | null) => sql`${value}::float8`;

/**
 * The calls of all processes of one corp, a row per API. Each question is one statement in a transaction of its own, so that nobody waits
 * for the row longer than that. It decides as `slotsStep` of packages/wecom. `now`: ms since 1970;
 * only a test has another clock than the database's.
 */
export function createCallLedger(db: Pick<Queryable, 'execute'>, corpId: string, now: () => SQL = () => clockOfDatabase): CallLedger {
  return {
    async take({ key, budget, maxWaitMs }) {
      const minute = budget && paceOf(budget.perMinute, minuteMs);
      const hour = budget && paceOf(budget.perHour, hourMs);
      const [minuteEvery, minuteLeeway] = [ms(minute?.everyMs ?? null), ms(minute?.leewayMs ?? null)];
      const [hourEvery, hourLeeway] = [ms(hour?.everyMs ?? null), ms(hour?.leewayMs ?? null)];
      const { rows } = await db.execute<{ wait_ms: number }>(sql`
        INSERT INTO call_slots AS s (corp_id, key, seen_at, offered_at, minute_free_at, hour_free_at, blocked_until, strikes)
        SELECT ${corpId}, ${key}, t, t, coalesce(t + ${minuteEvery}, 0), coalesce(t + ${hourEvery}, 0), 0, 0
        FROM (SELECT ${now()}::float8 AS t, ${withoutWaiting}) AS asked
        ON CONFLICT (corp_id, key) DO UPDATE SET (seen_at, offered_at, minute_free_at, hour_free_at, blocked_until) = (
          SELECT now, go_at,
            CASE WHEN taken THEN coalesce(greatest(minute_free, go_at) + ${minuteEvery}, minute_free) ELSE minute_free END,
            CASE WHEN taken THEN coalesce(greatest(hour_free, go_at) + ${hourEvery}, hour_free) ELSE hour_free END,
            blocked
          FROM (${keptInTime(sql`excluded.seen_at`)}) AS kept,
            LATERAL (SELECT greatest(now, blocked, minute_free - ${minuteLeeway}, hour_free - ${hourLeeway}) AS go_at) AS offer,
            LATERAL (SELECT ceil(go_at - now) <= ${ms(maxWaitMs)} AS taken) AS decision)
        RETURNING ceil(offered_at - seen_at) AS wait_ms`);
      const waitMs = rows[0]?.wait_ms ?? 0;
      return waitMs <= maxWaitMs ? { waitMs } : { retryAfterMs: waitMs };
    },

    async blockedMs(key) {
      const { rows } = await db.execute<{ left_ms: number }>(
        sql`SELECT greatest(0, blocked_until - greatest(seen_at, ${now()}::float8)) AS left_ms FROM call_slots WHERE key = ${key}`,
      );
      return rows[0]?.left_ms ?? 0;
    },

    async block({ key, sentMsAgo, blockMs }) {
      const { rows } = await db.execute<{ retry_after_ms: number }>(sql`
        INSERT INTO call_slots AS s (corp_id, key, seen_at, offered_at, minute_free_at, hour_free_at, blocked_until, strikes)
        SELECT ${corpId}, ${key}, t, t, 0, 0, t + ${ms(blockMs)}, 1 FROM (SELECT ${now()}::float8 AS t) AS asked
        ON CONFLICT (corp_id, key) DO UPDATE SET (seen_at, minute_free_at, hour_free_at, strikes, blocked_until) = (
          SELECT now, minute_free, hour_free,
            CASE WHEN sent_at < blocked THEN strikes ELSE strikes_now END,
            CASE WHEN sent_at < blocked THEN blocked
              ELSE now + least(${ms(blockMs)} * 2 ^ least(strikes_now - 1, 20), greatest(${ms(blockMs)}, ${hourMs})) END
          FROM (${keptInTime(sql`excluded.seen_at`)}) AS kept,
            LATERAL (SELECT now - ${ms(sentMsAgo)} AS sent_at) AS sent,
            LATERAL (SELECT CASE WHEN sent_at < blocked + ${ms(blockMs)} THEN strikes + 1 ELSE 1 END AS strikes_now) AS next)
        RETURNING greatest(0, ceil(blocked_until - seen_at)) AS retry_after_ms`);
      return rows[0]?.retry_after_ms ?? blockMs;
    },
  };
}
