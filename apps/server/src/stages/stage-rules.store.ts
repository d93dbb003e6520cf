import { and, asc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { dayOf, instantOf } from '../corp-time.ts';
import { fact, hasAll, isTrue } from '../customers/list-conditions.ts';
import type { Queryable } from '../database.ts';
import type { Rule, RuleFacts, Today } from './decide-rule-move.ts';
import { stageRuleMarks, stageRules } from './stage-rules.table.ts';
import { stageMoves, stages } from './stages.table.ts';

export type StoredRule = Rule & { enabled: boolean };

export async function readRules(db: Queryable): Promise<StoredRule[]> {
  const { ruleId, when, fromStageIds, toStageId, enabled, position } = stageRules;
  return db.select({ ruleId, when, fromStageIds, toStageId, enabled }).from(stageRules).orderBy(asc(position), asc(ruleId));
}

/** Those that are switched on and lead to a stage in use. */
export async function readLiveRules(db: Queryable): Promise<Rule[]> {
  const { ruleId, when, fromStageIds, toStageId, enabled, position } = stageRules;
  return db
    .select({ ruleId, when, fromStageIds, toStageId })
    .from(stageRules)
    .innerJoin(stages, and(eq(stages.corpId, stageRules.corpId), eq(stages.stageId, toStageId), isNull(stages.retiredAt)))
    .where(eq(enabled, true))
    .orderBy(asc(position), asc(ruleId));
}

const instant = (at: string | null) => (at === null ? null : new Date(at));

/** Locks these customers, in the order of their ids, and tells what the rules look at. */
export async function lockRuleFacts(tx: Queryable, externalUserIds: readonly string[]): Promise<Map<string, RuleFacts>> {
  const these = sql`ANY(${sql.param([...externalUserIds])}::text[])`;
  await tx.execute(sql`SELECT external_user_id FROM customers WHERE external_user_id = ${these} ORDER BY external_user_id FOR UPDATE`);
  const { rows } = await tx.execute<{
    id: string;
    stage_id: string | null;
    tag_ids: string[];
    order_id: string | null;
    last_engaged_at: string | null;
    stage_entered_at: string | null;
    alive: boolean;
    marks: Record<string, string> | null;
  }>(sql`
    SELECT c.external_user_id AS id, c.stage_id, c.stage_entered_at,
      coalesce(c.last_engaged_at, (SELECT max(f.followed_at) FROM follows f
        WHERE f.corp_id = c.corp_id AND f.external_user_id = c.external_user_id AND f.ended_at IS NULL)) AS last_engaged_at,
      ARRAY(SELECT DISTINCT t.tag_id FROM follows f, unnest(f.tag_ids) t(tag_id)
        WHERE f.corp_id = c.corp_id AND f.external_user_id = c.external_user_id AND f.ended_at IS NULL) AS tag_ids,
      (SELECT o.order_id FROM orders o WHERE o.corp_id = c.corp_id AND o.external_user_id = c.external_user_id
        ORDER BY o.ordered_at DESC, o.order_id DESC LIMIT 1) AS order_id,
      EXISTS (SELECT FROM follows f WHERE f.corp_id = c.corp_id AND f.external_user_id = c.external_user_id AND f.ended_at IS NULL) AS alive,
      (SELECT json_object_agg(m.rule_id, m.cause) FROM stage_rule_marks m
        WHERE m.corp_id = c.corp_id AND m.external_user_id = c.external_user_id) AS marks
    FROM customers c WHERE c.external_user_id = ${these} ORDER BY c.external_user_id`);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        stageId: row.stage_id,
        tagIds: new Set(row.tag_ids),
        newestOrderId: row.order_id,
        lastEngagedAt: instant(row.last_engaged_at),
        stageEnteredAt: instant(row.stage_entered_at),
        alive: row.alive,
        marks: new Map(Object.entries(row.marks ?? {})),
      },
    ]),
  );
}

export type RuleMark = { externalUserId: string; ruleId: string; cause: string };

export async function setMarks(tx: Queryable, corpId: string, marks: RuleMark[], markedAt: Date): Promise<void> {
  if (marks.length === 0) return;
  await tx
    .insert(stageRuleMarks)
    .values(marks.map((mark) => ({ corpId, ...mark, markedAt })))
    .onConflictDoUpdate({
      target: [stageRuleMarks.corpId, stageRuleMarks.externalUserId, stageRuleMarks.ruleId],
      set: { cause: sql`excluded.cause`, markedAt },
    });
}

export async function dropMarks(tx: Queryable, externalUserId: string, ruleIds: string[]): Promise<void> {
  await tx.delete(stageRuleMarks).where(and(eq(stageRuleMarks.externalUserId, externalUserId), inArray(stageRuleMarks.ruleId, ruleIds)));
}

export type StageMove = typeof stageMoves.$inferInsert;

/** Writes moves of many customers, each from where she really is; call it with them locked. */
export async function moveMany(tx: Queryable, moves: StageMove[]): Promise<void> {
  if (moves.length === 0) return;
  const [{ movedAt }] = moves as [StageMove, ...StageMove[]];
  await tx.execute(sql`
    UPDATE customers c SET stage_id = m.to_stage, stage_entered_at = CASE WHEN m.to_stage IS NULL THEN NULL ELSE ${movedAt.toISOString()}::timestamptz END
    FROM unnest(${sql.param(moves.map((move) => move.externalUserId))}::text[], ${sql.param(moves.map((move) => move.toStageId ?? null))}::text[]) AS m(id, to_stage)
    WHERE c.external_user_id = m.id`);
  await tx.insert(stageMoves).values(moves);
}

type Aim = Pick<Rule, 'ruleId' | 'when' | 'fromStageIds' | 'toStageId'>;

/** As `lockRuleFacts` reads it, of somebody whose relation lives. */
const silentSince = sql`coalesce(c.last_engaged_at, l.followed_at)`;

/** The customers before whom a rule finds its cause: as `causeOf` says, for all of them at once. */
function withCause({ when }: Aim, { now, timeZone }: Today): SQL {
  if (when.kind === 'tag') return hasAll([`tag:${when.tagId}`]);
  if (when.kind === 'order') return isTrue(fact.hasOrder);
  const before = sql`${instantOf(dayOf(now, timeZone) - when.days + 1, 0, timeZone).toISOString()}::timestamptz`;
  return sql`l.engaged_at < ${before} AND ${silentSince} < ${before} AND (c.stage_entered_at IS NULL OR c.stage_entered_at < ${before})
    AND ${isTrue(fact.alive)}`;
}

const causeInMark = ({ when }: Aim): SQL => {
  if (when.kind === 'tag') return sql`${when.tagId}::text`;
  if (when.kind === 'order')
    return sql`(SELECT o.order_id FROM orders o WHERE o.corp_id = c.corp_id AND o.external_user_id = c.external_user_id ORDER BY o.ordered_at DESC, o.order_id DESC LIMIT 1)`;
  return sql`to_char(${silentSince} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
};

/** Whom a rule would move now. */
function movedBy(rule: Aim, today: Today): SQL {
  const from =
    rule.fromStageIds.length === 0 ? sql`true` : sql`coalesce(c.stage_id, 'none') = ANY(${sql.param([...rule.fromStageIds])}::text[])`;
  return sql`FROM searchable_customers l JOIN customers c ON c.corp_id = l.corp_id AND c.external_user_id = l.external_user_id
    WHERE ${withCause(rule, today)} AND c.stage_id IS DISTINCT FROM ${rule.toStageId} AND ${from}
      AND NOT EXISTS (SELECT FROM stage_rule_marks m WHERE m.corp_id = c.corp_id AND m.external_user_id = c.external_user_id AND m.rule_id = ${rule.ruleId}
        AND m.cause = ${causeInMark(rule)})`;
}

export async function countMovedBy(db: Queryable, rule: Aim, today: Today): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`SELECT count(*)::int AS n ${movedBy(rule, today)}`);
  return rows[0]?.n ?? 0;
}

/** Puts whom a rule would move before the rules at the next turn of the list; of the silent at most `limit`. */
export async function queueMovedBy(db: Queryable, rule: Aim, today: Today, limit: number): Promise<number> {
  const { rowCount } = await db.execute(sql`
    INSERT INTO customer_list_queue (corp_id, external_user_id) SELECT l.corp_id, l.external_user_id ${movedBy(rule, today)} LIMIT ${limit}`);
  return rowCount ?? 0;
}

/** The date of a stage that somebody is put back into. */
export async function restoreEntered(tx: Queryable, back: { externalUserId: string; enteredAt: string }[]): Promise<void> {
  if (back.length === 0) return;
  await tx.execute(sql`
    UPDATE customers c SET stage_entered_at = m.at
    FROM unnest(${sql.param(back.map((one) => one.externalUserId))}::text[], ${sql.param(back.map((one) => one.enteredAt))}::timestamptz[]) AS m(id, at)
    WHERE c.external_user_id = m.id`);
}
