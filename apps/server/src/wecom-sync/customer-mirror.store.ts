import { and, eq, inArray, isNull, lt, lte, sql } from 'drizzle-orm';
import { customers, follows, outcomes, touchSummaries } from '../customers/customers.table.ts';
import type { Queryable } from '../database.ts';
import { corps } from '../identity/identity.table.ts';
import { isNews, notSeenAfter } from './as-of.ts';

export type CustomerRow = Omit<typeof customers.$inferInsert, 'corpId' | 'syncedAt'>;
export type FollowRow = Omit<typeof follows.$inferInsert, 'corpId' | 'syncedAt' | 'pendingTagIds' | 'endedAt' | 'endedBy'>;
export type OutcomeRow = Omit<typeof outcomes.$inferInsert, 'corpId'>;

export async function timeZoneOfCorp(db: Queryable): Promise<string> {
  const [row] = await db.select({ timeZone: corps.timeZone }).from(corps);
  return row?.timeZone ?? 'Asia/Shanghai';
}

/** Takes the summary rows of these customers, in order of their ids: it is the lock that whoever writes a touch takes first, too. */
export async function lockSummaries(db: Queryable, corpId: string, externalUserIds: string[]): Promise<void> {
  if (externalUserIds.length === 0) return;
  const sorted = externalUserIds.toSorted();
  const lock = () =>
    db
      .select({ id: touchSummaries.externalUserId })
      .from(touchSummaries)
      .where(inArray(touchSummaries.externalUserId, sorted))
      .orderBy(touchSummaries.externalUserId)
      .for('update');
  // A callback is about one customer, and nearly always she is there. Of several, those that are missing come first: whoever held some while waiting for
  // others that somebody else is writing could wait in a circle.
  if (sorted.length === 1 && (await lock()).length === 1) return;
  await db
    .insert(touchSummaries)
    .values(sorted.map((externalUserId) => ({ corpId, externalUserId })))
    .onConflictDoNothing();
  await lock();
}

/** `asOf`: when WeCom was asked. What is stored from a later question is newer and stays. */
export async function upsertCustomers(db: Queryable, corpId: string, rows: CustomerRow[], asOf: Date): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(customers)
    .values(rows.map((row) => ({ corpId, ...row, syncedAt: asOf })))
    .onConflictDoUpdate({
      target: [customers.corpId, customers.externalUserId],
      set: {
        name: sql`excluded.name`,
        avatarUrl: sql`excluded.avatar_url`,
        type: sql`excluded.type`,
        gender: sql`excluded.gender`,
        unionId: sql`coalesce(excluded.union_id, ${customers.unionId})`,
        corpName: sql`excluded.corp_name`,
        syncedAt: sql`excluded.synced_at`,
      },
      setWhere: isNews(customers.syncedAt),
    });
}

/**
 * A relation that the customer has ended is still listed by WeCom, with the old beginning; only one that began after the end is alive
 * again. A tag that we changed and WeCom has not acknowledged keeps our state.
 */
export async function upsertFollows(db: Queryable, corpId: string, rows: FollowRow[], asOf: Date): Promise<void> {
  if (rows.length === 0) return;
  const stillEnded = sql`${follows.endedBy} = 'customer' AND excluded.followed_at <= ${follows.endedAt}`;
  const tagIds = sql`CASE WHEN cardinality(${follows.pendingTagIds}) = 0 THEN excluded.tag_ids ELSE
    ARRAY(SELECT t FROM unnest(excluded.tag_ids) t WHERE t <> ALL(${follows.pendingTagIds})) ||
    ARRAY(SELECT t FROM unnest(${follows.tagIds}) t WHERE t = ANY(${follows.pendingTagIds})) END`;
  await db
    .insert(follows)
    .values(rows.map((row) => ({ corpId, ...row, syncedAt: asOf })))
    .onConflictDoUpdate({
      target: [follows.corpId, follows.externalUserId, follows.staffUserId],
      set: {
        remark: sql`excluded.remark`,
        description: sql`excluded.description`,
        mobiles: sql`excluded.mobiles`,
        tagIds,
        addWay: sql`excluded.add_way`,
        state: sql`excluded.state`,
        // One that began anew while WeCom lists the old beginning.
        followedAt: sql`greatest(${follows.followedAt}, excluded.followed_at)`,
        endedAt: sql`CASE WHEN ${stillEnded} THEN ${follows.endedAt} END`,
        endedBy: sql`CASE WHEN ${stillEnded} THEN ${follows.endedBy} END`,
        syncedAt: sql`excluded.synced_at`,
      },
      setWhere: isNews(follows.syncedAt),
    });
}

export type EndOfFollow = {
  externalUserId: string;
  staffUserId: string;
  at: Date;
  by: 'staff' | 'customer' | 'transfer';
  now: Date;
  /** For an end that was concluded from an answer: what WeCom said later than this is newer and stays. */
  unlessSeenAfter?: Date;
};

/** True if it was alive until now. */
export async function endFollow(db: Queryable, end: EndOfFollow): Promise<boolean> {
  const { unlessSeenAfter } = end;
  const ended = await db
    .update(follows)
    .set({ endedAt: end.at, endedBy: end.by, syncedAt: end.now })
    .where(
      and(
        eq(follows.externalUserId, end.externalUserId),
        eq(follows.staffUserId, end.staffUserId),
        isNull(follows.endedAt),
        // An end that was told ends nothing that began after it: whoever looked may have done so before it was to be seen.
        unlessSeenAfter ? notSeenAfter(follows.syncedAt, unlessSeenAfter) : lte(follows.followedAt, end.at),
      ),
    )
    .returning({ staffUserId: follows.staffUserId });
  return ended.length > 0;
}

/** She had ended it, and has come back at `at`. True if it was over until now. */
export async function reviveFollow(db: Queryable, back: { externalUserId: string; staffUserId: string; at: Date }): Promise<boolean> {
  const revived = await db
    .update(follows)
    .set({ endedAt: null, endedBy: null })
    .where(
      and(
        eq(follows.externalUserId, back.externalUserId),
        eq(follows.staffUserId, back.staffUserId),
        eq(follows.endedBy, 'customer'),
        lt(follows.endedAt, back.at),
      ),
    )
    .returning({ staffUserId: follows.staffUserId });
  return revived.length > 0;
}

/** It began anew at `at`: an end from before, told late or once more, ends nothing. */
export async function beginAnew(db: Queryable, back: { externalUserId: string; staffUserId: string; at: Date }): Promise<void> {
  await db
    .update(follows)
    .set({ followedAt: back.at })
    .where(
      and(
        eq(follows.externalUserId, back.externalUserId),
        eq(follows.staffUserId, back.staffUserId),
        isNull(follows.endedAt),
        lt(follows.followedAt, back.at),
      ),
    );
}

/** When each relation of these customers began as far as we know, by `relationKey`. */
export async function readBeginnings(db: Queryable, externalUserIds: string[]): Promise<Map<string, Date>> {
  if (externalUserIds.length === 0) return new Map();
  const { externalUserId, staffUserId, followedAt } = follows;
  const rows = await db.select({ externalUserId, staffUserId, followedAt }).from(follows).where(inArray(externalUserId, externalUserIds));
  return new Map(rows.map((row) => [relationKey(row), row.followedAt]));
}

export const relationKey = ({ externalUserId, staffUserId }: { externalUserId: string; staffUserId: string }): string =>
  `${externalUserId}\n${staffUserId}`;

/** Whether these two have ever been connected, as far as we know. */
export async function hasFollow(db: Queryable, pair: { externalUserId: string; staffUserId: string }): Promise<boolean> {
  const [row] = await db
    .select({ staffUserId: follows.staffUserId })
    .from(follows)
    .where(and(eq(follows.externalUserId, pair.externalUserId), eq(follows.staffUserId, pair.staffUserId)));
  return row !== undefined;
}

/** Those that were not there before: the id of an outcome follows from what happened, so that telling it twice changes nothing. */
export async function recordOutcomes(db: Queryable, corpId: string, rows: OutcomeRow[]): Promise<OutcomeRow[]> {
  if (rows.length === 0) return [];
  const fresh = await db
    .insert(outcomes)
    .values(rows.map((row) => ({ corpId, ...row })))
    .onConflictDoNothing()
    .returning({ outcomeId: outcomes.outcomeId });
  const ids = new Set(fresh.map((row) => row.outcomeId));
  return rows.filter((row) => ids.has(row.outcomeId));
}

/** `days`: how much higher the bar of a day gets, for days that are still drawn. */
export type Engagement = { externalUserId: string; lastAt: Date; days: Record<string, number> };

/** Each one's latest sign of life, and the bars of those days. One row per customer; call it with the summary rows locked. */
export async function countEngagements(db: Queryable, engagements: readonly Engagement[]): Promise<void> {
  if (engagements.length === 0) return;
  const ids = sql.param(engagements.map((one) => one.externalUserId));
  const lastAts = sql.param(engagements.map((one) => one.lastAt.toISOString()));
  await db.execute(sql`
    UPDATE customers c SET last_engaged_at = greatest(c.last_engaged_at, e.at)
    FROM unnest(${ids}::text[], ${lastAts}::timestamptz[]) AS e (external_user_id, at) WHERE c.external_user_id = e.external_user_id`);
  const drawn = engagements.filter((one) => Object.keys(one.days).length > 0);
  if (drawn.length === 0) return;
  const drawnIds = sql.param(drawn.map((one) => one.externalUserId));
  const days = sql.param(drawn.map((one) => JSON.stringify(one.days)));
  await db.execute(sql`
    UPDATE touch_summaries t SET pulse_customer = t.pulse_customer || (
      SELECT jsonb_object_agg(d.day, coalesce((t.pulse_customer ->> d.day)::int, 0) + d.weight::int) FROM jsonb_each_text(e.days) AS d (day, weight))
    FROM unnest(${drawnIds}::text[], ${days}::jsonb[]) AS e (external_user_id, days) WHERE t.external_user_id = e.external_user_id`);
}

export async function staffWithCustomers(db: Queryable, staffUserIds: string[]): Promise<Set<string>> {
  if (staffUserIds.length === 0) return new Set();
  const rows = await db
    .selectDistinct({ staffUserId: follows.staffUserId })
    .from(follows)
    .where(inArray(follows.staffUserId, staffUserIds));
  return new Set(rows.map((row) => row.staffUserId));
}
