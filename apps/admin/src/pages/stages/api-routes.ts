import type * as contract from '@nextline/contract';

type Reply = { reply: contract.StageBoard };
type Looks = Pick<contract.Stage, 'name' | 'kind' | 'colour'>;

export type StageRoutes = {
  'GET /api/admin/stages': Reply;
  'POST /api/admin/stages': Reply & { body: Looks };
  'PUT /api/admin/stages/order': Reply & { body: { stageIds: string[] } };
  'PUT /api/admin/stages/:stageId': Reply & { body: Partial<Looks> };
  'POST /api/admin/stages/:stageId/retire': Reply & { body: { moveTo: string | null } };
  'POST /api/admin/stage-rules/preview': { body: contract.StageRuleContent & { ruleId: string }; reply: { moves: number } };
  'PUT /api/admin/stage-rules/order': Reply & { body: { ruleIds: string[] } };
  'PUT /api/admin/stage-rules/:ruleId': Reply & { body: contract.SaveStageRuleBody };
  'DELETE /api/admin/stage-rules/:ruleId': Reply;
};
