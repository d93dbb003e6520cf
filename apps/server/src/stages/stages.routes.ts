import { moveStageBody, moveStageReply, opaqueId, stageList as stageListReply } from '@nextline/contract';
import { z } from 'zod';
import { requireChangeable } from '../customers/require-customer.ts';
import type { App, Deps } from '../feature.ts';
import { moveStage } from './move-stage.ts';
import { stageList } from './stage-list.ts';

export function stageRoutes(app: App, deps: Deps): void {
  app.get('/stages', { schema: { response: { 200: stageListReply } } }, async () => ({ stages: await stageList(deps) }));

  app.put(
    '/customers/:externalUserId/stage',
    { schema: { params: z.object({ externalUserId: opaqueId }), body: moveStageBody, response: { 200: moveStageReply } } },
    async ({ params, body, principal }) => {
      await requireChangeable(deps, principal, params.externalUserId);
      return moveStage(deps, principal, params.externalUserId, body.stageId);
    },
  );
}
