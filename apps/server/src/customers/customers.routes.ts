import { opaqueId, panel, setOptOutBody, setOptOutReply } from '@nextline/contract';
import { z } from 'zod';
import { flushViews } from '../audit/note-views.ts';
import type { App, Deps } from '../feature.ts';
import { openPanel } from './open-panel.ts';
import { requireChangeable } from './require-customer.ts';
import { setOptOut } from './set-opt-out.ts';

export function customerRoutes(app: App, deps: Deps): void {
  const params = z.object({ externalUserId: opaqueId });
  app.addHook('onClose', () => flushViews(deps));

  app.get(
    '/customers/:externalUserId',
    // `showPanel` names every key itself. What the schema's writer builds of thousands of pieces takes twice as long, on the hottest route.
    { schema: { params, response: { 200: panel } }, serializerCompiler: () => JSON.stringify },
    (request) => openPanel(deps, request.principal, request.params.externalUserId),
  );

  app.put(
    '/customers/:externalUserId/opt-out',
    { schema: { params, body: setOptOutBody, response: { 200: setOptOutReply } } },
    async ({ params: { externalUserId }, body, principal }) => {
      await requireChangeable(deps, principal, externalUserId);
      const optedOutAt = await setOptOut(deps, principal, externalUserId, body.optedOut);
      return { optedOutAt: optedOutAt?.toISOString() ?? null };
    },
  );
}
