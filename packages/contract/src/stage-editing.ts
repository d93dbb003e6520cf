/** The pipeline as the console edits it: stages, their order, and the rules that move a customer. */
import { z } from 'zod';
import { stage, stageColour } from './stages.ts';
import { opaqueId, typedText, uuid } from './wire.ts';

const stageName = typedText(20).min(1);

/** What moves her: a tag that she gets, an order that arrives, days without a sign of life. */
export const stageRuleWhen = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tag'), tagId: opaqueId }),
  z.object({ kind: z.literal('order') }),
  z.object({ kind: z.literal('silence'), days: z.number().int().min(1).max(3650) }),
]);
export type StageRuleWhen = z.infer<typeof stageRuleWhen>;

/** `fromStageIds` empty: from wherever she is; `none` in it: also who is in no stage. */
export const stageRule = z.object({
  ruleId: uuid,
  when: stageRuleWhen,
  fromStageIds: z.array(opaqueId).max(50),
  toStageId: opaqueId,
  enabled: z.boolean(),
});
export type StageRule = z.infer<typeof stageRule>;

/** GET /api/admin/stages. Counts are exact: of customers with a living relation whom this person may see. */
export const stageBoard = z.object({
  stages: z.array(stage.extend({ customers: z.number().int() })),
  /** Customers in no stage. */
  outside: z.number().int(),
  rules: z.array(stageRule.extend({ moved30d: z.number().int() })),
});
export type StageBoard = z.infer<typeof stageBoard>;

/** POST /api/admin/stages, PUT /api/admin/stages/{stageId}; both answer `stageBoard`. 409 `stage.name_taken`. */
export const createStageBody = z.object({ name: stageName, kind: z.enum(['open', 'won', 'lost']), colour: stageColour });
export const changeStageBody = createStageBody.partial();
/** PUT /api/admin/stages/order: every stage, in its new order. 409 `stage.changed` when somebody has added or retired one meanwhile. */
export const orderStagesBody = z.object({ stageIds: z.array(opaqueId).max(100) });
/** POST /api/admin/stages/{stageId}/retire: where its customers go; null: out of the pipeline. Rules that lead there are switched off. */
export const retireStageBody = z.object({ moveTo: opaqueId.nullable() });

/** A rule as it is written; also what POST …/preview is asked about. */
export const stageRuleContent = stageRule.omit({ ruleId: true });
export type StageRuleContent = z.infer<typeof stageRuleContent>;
/**
 * PUT /api/admin/stage-rules/{ruleId} and DELETE; both answer `stageBoard`. `was`: how the page had the rule, null: it had none. When it is not so any
 * more: 409 `stage_rule.changed`, details `{rule}`, null when it is gone; saving with that overwrites on purpose.
 */
export const saveStageRuleBody = stageRuleContent.extend({ was: stageRuleContent.nullable().optional() });
export type SaveStageRuleBody = z.infer<typeof saveStageRuleBody>;
/** POST /api/admin/stage-rules/preview: how many customers it would move at once when it is saved. */
export const previewStageRuleBody = stageRuleContent.extend({ ruleId: uuid });
export const stageRulePreview = z.object({ moves: z.number().int() });
/** PUT /api/admin/stage-rules/order: every rule, in its new order; the first that fits wins. 409 `stage_rule.changed` when there are others meanwhile. */
export const orderStageRulesBody = z.object({ ruleIds: z.array(uuid).max(100) });
