import type { StageBoard } from '@nextline/contract';
import { dayMs } from '../corp-time.ts';
import { customerScope } from '../customers/customer-scope.ts';
import { settleList } from '../customers/settle-list.ts';
import type { Deps, Principal } from '../feature.ts';
import { countByStage, countRuleMoves } from './stage-board.store.ts';
import { readRules } from './stage-rules.store.ts';
import { readStages } from './stages.store.ts';

/** The pipeline with its rules, and how many customers of this person are where. */
export async function stageBoard(deps: Deps, who: Principal): Promise<StageBoard> {
  const { db, clock } = deps;
  await settleList(deps);
  const [stages, rules, scope] = await Promise.all([readStages(db), readRules(db), customerScope(deps, who)]);
  const [counts, moved] = await Promise.all([
    countByStage(
      db,
      stages.map((stage) => stage.stageId),
      scope,
    ),
    countRuleMoves(db, new Date(clock.now().getTime() - 30 * dayMs), scope),
  ]);
  return {
    stages: stages.map((stage) => ({ ...stage, customers: counts.get(stage.stageId) ?? 0 })),
    outside: counts.get('none') ?? 0,
    rules: rules.map(({ ruleId, when, fromStageIds, toStageId, enabled }) => ({
      ruleId,
      when,
      fromStageIds: [...fromStageIds],
      toStageId,
      enabled,
      moved30d: moved.get(ruleId) ?? 0,
    })),
  };
}
