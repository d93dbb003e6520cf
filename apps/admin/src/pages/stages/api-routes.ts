import type * as contract from '@nextline/contract';

type Reply = { reply: contract.StageBoard };
type Kind = contract.Stage['kind'];

export type StageRoutes = {
  'GET /api/admin/stages': Reply;
  'POST /api/admin/stages': Reply & { body: { name: string; kind: Kind } };
  'PUT /api/admin/stages/order': Reply & { body: { stageIds: string[] } };
  'PUT /api/admin/stages/:stageId': Reply & { body: { name?: string; kind?: Kind } };
  'POST /api/admin/stages/:stageId/retire': Reply & { body: { moveTo: string | null } };
  'POST /api/admin/stage-rules/preview': { body: contract.SaveStageRuleBody & { ruleId: string }; reply: { moves: number } };
  'PUT /api/admin/stage-rules/order': Reply & { body: { ruleIds: string[] } };
  'PUT /api/admin/stage-rules/:ruleId': Reply & { body: contract.SaveStageRuleBody };
  'DELETE /api/admin/stage-rules/:ruleId': Reply;
};
