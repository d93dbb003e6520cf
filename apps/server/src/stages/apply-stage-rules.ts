import { uuidv7 } from 'uuidv7';
import type { Queryable } from '../database.ts';
import { decideRuleMove, type Today } from './decide-rule-move.ts';
import { dropMarks, lockRuleFacts, moveMany, readLiveRules, type RuleMark, setMarks, type StageMove } from './stage-rules.store.ts';
import { holdStages } from './stages.store.ts';

/**
 * Moves those of these customers whom a rule moves, in the caller's transaction: the change that caused it and the move are both there or neither. Each move is kept with
 * the rule that made it. Answers how many moved.
 */
export async function applyStageRules(
  tx: Queryable,
  options: { corpId: string; externalUserIds: readonly string[] } & Today,
): Promise<number> {
  const { corpId, externalUserIds, now, timeZone } = options;
  const live = await readLiveRules(tx);
  if (live.length === 0) return 0;
  // Before the customers: whoever retires a stage just now would not see whom we move into it.
  const inUse = await holdStages(tx);
  const rules = live.filter(({ toStageId }) => inUse.has(toStageId));
  const marks: RuleMark[] = [];
  const moves: StageMove[] = [];
  for (const [externalUserId, facts] of await lockRuleFacts(tx, externalUserIds)) {
    const decision = decideRuleMove(rules, facts, { now, timeZone });
    marks.push(...decision.marks.map((mark) => ({ externalUserId, ...mark })));
    if (decision.unmark.length > 0) await dropMarks(tx, externalUserId, decision.unmark);
    if (decision.move === null) continue;
    const { toStageId, ruleId } = decision.move;
    moves.push({
      corpId,
      externalUserId,
      movedAt: now,
      moveId: uuidv7(),
      fromStageId: facts.stageId,
      toStageId,
      staffUserId: null,
      why: `rule:${ruleId}`,
    });
  }
  await setMarks(tx, corpId, marks, now);
  await moveMany(tx, moves);
  return moves.length;
}
