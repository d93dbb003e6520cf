import {
  changeStageBody,
  createStageBody,
  opaqueId,
  orderStageRulesBody,
  orderStagesBody,
  previewStageRuleBody,
  retireStageBody,
  saveStageRuleBody,
  stageBoard as stageBoardReply,
  stageRulePreview,
  uuid,
} from '@nextline/contract';
import { z } from 'zod';
import type { App, Deps, Principal } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { changeStage, createStage, orderStages, retireStage } from './edit-pipeline.ts';
import { orderRules, previewRule, removeRule, saveRule } from './edit-stage-rules.ts';
import { stageBoard } from './stage-board.ts';

const stageParams = z.object({ stageId: opaqueId });
const ruleParams = z.object({ ruleId: uuid });
const response = { 200: stageBoardReply };

/** The pipeline in the console. Every change answers the whole board as it is after it. */
export function consoleStageRoutes(app: App, deps: Deps): void {
  const changing = async (principal: Principal, change: () => Promise<unknown>) => {
    requirePermission(principal, 'stages.write');
    await change();
    return stageBoard(deps, principal);
  };

  app.get('/stages', { schema: { response } }, ({ principal }) => {
    requirePermission(principal, 'customers.read');
    return stageBoard(deps, principal);
  });
  app.post('/stages', { schema: { body: createStageBody, response } }, ({ principal, body }) =>
    changing(principal, () => createStage(deps, principal, body)),
  );
  app.put('/stages/order', { schema: { body: orderStagesBody, response } }, ({ principal, body }) =>
    changing(principal, () => orderStages(deps, principal, body.stageIds)),
  );
  app.put('/stages/:stageId', { schema: { params: stageParams, body: changeStageBody, response } }, ({ principal, params, body }) =>
    changing(principal, () => changeStage(deps, principal, params.stageId, body)),
  );
  app.post('/stages/:stageId/retire', { schema: { params: stageParams, body: retireStageBody, response } }, ({ principal, params, body }) =>
    changing(principal, () => retireStage(deps, principal, params.stageId, body.moveTo)),
  );

  const preview = { schema: { body: previewStageRuleBody, response: { 200: stageRulePreview } } };
  app.post('/stage-rules/preview', preview, async ({ principal, body }) => {
    requirePermission(principal, 'stages.write');
    return { moves: await previewRule(deps, body) };
  });
  app.put('/stage-rules/order', { schema: { body: orderStageRulesBody, response } }, ({ principal, body }) =>
    changing(principal, () => orderRules(deps, principal, body.ruleIds)),
  );
  app.put('/stage-rules/:ruleId', { schema: { params: ruleParams, body: saveStageRuleBody, response } }, ({ principal, params, body }) =>
    changing(principal, () => saveRule(deps, principal, params.ruleId, body)),
  );
  app.delete('/stage-rules/:ruleId', { schema: { params: ruleParams, response } }, ({ principal, params }) =>
    changing(principal, () => removeRule(deps, principal, params.ruleId)),
  );
}
