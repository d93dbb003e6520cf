import type { Stage } from '@nextline/contract';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { fact, hasContact, isTrue } from '../customers/list-conditions.ts';
import type { Queryable } from '../database.ts';
import { stageRules } from './stage-rules.table.ts';
import { stages } from './stages.table.ts';

/** Held to the end of the transaction: one editor of the pipeline after the other. Taken in the order in which whoever moves somebody holds them (`holdStages`). */
export async function lockPipeline(tx: Queryable): Promise<Stage[]> {
  const { stageId, name, position, kind, colour, retiredAt } = stages;
  const inUse = () => tx.select({ stageId, name, position, kind, colour }).from(stages).where(isNull(retiredAt));
  await inUse().orderBy(asc(stageId)).for('update');
  // A stage that was made while we waited is not among those that we waited for.
  return inUse().orderBy(asc(position), asc(stageId));
}

export async function insertStage(tx: Queryable, corpId: string, stage: Stage): Promise<void> {
  await tx.insert(stages).values({ corpId, ...stage });
}

export async function updateStage(
  tx: Queryable,
  stageId: string,
  change: Partial<Omit<Stage, 'stageId'>> & { retiredAt?: Date },
): Promise<void> {
  await tx.update(stages).set(change).where(eq(stages.stageId, stageId));
}

/** Switches off the rules that lead to a stage. */
export async function stopRulesTo(tx: Queryable, stageId: string): Promise<string[]> {
  const stopped = await tx
    .update(stageRules)
    .set({ enabled: false })
    .where(and(eq(stageRules.toStageId, stageId), eq(stageRules.enabled, true)))
    .returning({ ruleId: stageRules.ruleId });
  return stopped.map((rule) => rule.ruleId);
}

/** Customers with a living relation, by stage (`none`: in no stage); of the scope's staff only. */
export async function countByStage(
  db: Queryable,
  stageIds: readonly string[],
  scope: readonly string[] | null,
): Promise<Map<string, number>> {
  const visible = scope === null ? sql`true` : hasContact(scope.map((staffUserId) => `guide:${staffUserId}`));
  const { rows } = await db.execute<{ id: string; n: number }>(sql`
    WITH counted AS (SELECT l.stage, count(*)::int AS n FROM searchable_customers l WHERE ${isTrue(fact.alive)} AND ${visible} GROUP BY 1)
    SELECT s.id, c.n FROM unnest(${sql.param([...stageIds, 'none'])}::text[]) AS s(id) JOIN counted c ON c.stage = nextline_facet('stage:' || s.id)`);
  return new Map(rows.map((row) => [row.id, row.n]));
}

/** rule id → how many customers it has moved since then; of the scope's staff only. */
export async function countRuleMoves(db: Queryable, since: Date, scope: readonly string[] | null): Promise<Map<string, number>> {
  const own = sql`EXISTS (SELECT FROM follows f WHERE f.corp_id = m.corp_id AND f.external_user_id = m.external_user_id
    AND f.staff_user_id = ANY(${sql.param([...(scope ?? [])])}::text[]))`;
  const { rows } = await db.execute<{ rule_id: string; n: number }>(sql`
    SELECT substr(m.why, 6) AS rule_id, count(DISTINCT m.external_user_id)::int AS n FROM stage_moves m
    WHERE m.staff_user_id IS NULL AND m.why LIKE 'rule:%' AND m.moved_at >= ${since.toISOString()}::timestamptz AND ${scope === null ? sql`true` : own} GROUP BY 1`);
  return new Map(rows.map((row) => [row.rule_id, row.n]));
}

export async function upsertRule(tx: Queryable, rule: typeof stageRules.$inferInsert): Promise<void> {
  const { when, fromStageIds, toStageId, enabled } = rule;
  await tx
    .insert(stageRules)
    .values(rule)
    .onConflictDoUpdate({ target: [stageRules.corpId, stageRules.ruleId], set: { when, fromStageIds, toStageId, enabled } });
}

export async function findRule(db: Queryable, ruleId: string): Promise<typeof stageRules.$inferSelect | null> {
  const [row] = await db.select().from(stageRules).where(eq(stageRules.ruleId, ruleId));
  return row ?? null;
}

export async function deleteRule(tx: Queryable, ruleId: string): Promise<boolean> {
  const gone = await tx.delete(stageRules).where(eq(stageRules.ruleId, ruleId)).returning({ ruleId: stageRules.ruleId });
  await forgetMarks(tx, ruleId);
  return gone.length > 0;
}

/** The rule asks something else now: what it has acted on does not count any more. */
export async function forgetMarks(tx: Queryable, ruleId: string): Promise<void> {
  await tx.execute(sql`DELETE FROM stage_rule_marks WHERE rule_id = ${ruleId}`);
}

/** The ids of all rules, held to the end of the transaction. */
export async function lockRules(tx: Queryable): Promise<string[]> {
  const rows = await tx.select({ ruleId: stageRules.ruleId }).from(stageRules).orderBy(asc(stageRules.ruleId)).for('update');
  return rows.map(({ ruleId }) => ruleId);
}

export async function placeRules(tx: Queryable, ruleIds: readonly string[]): Promise<void> {
  for (const [position, ruleId] of ruleIds.entries()) await tx.update(stageRules).set({ position }).where(eq(stageRules.ruleId, ruleId));
}
