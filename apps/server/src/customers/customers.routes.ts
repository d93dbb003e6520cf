import { opaqueId, panel, setOptOutBody, setOptOutReply } from '@nextline/contract';
import { z } from 'zod';
import type { App, Deps } from '../feature.ts';
import { openPanel } from './open-panel.ts';
import { setOptedOut } from './opt-out.store.ts';
import { requireCustomer } from './require-customer.ts';

export function customerRoutes(app: App, deps: Deps): void {
  const params = z.object({ externalUserId: opaqueId });

  app.get('/customers/:externalUserId', { schema: { params, response: { 200: panel } } }, (request) =>
    openPanel(deps, request.principal, request.params.externalUserId),
  );

  app.put(
    '/customers/:externalUserId/opt-out',
    { schema: { params, body: setOptOutBody, response: { 200: setOptOutReply } } },
    async ({ params: { externalUserId }, body, principal }) => {
      await requireCustomer(deps, principal, externalUserId);
      const optedOutAt = await setOptedOut(deps.db, externalUserId, body.optedOut ? deps.clock.now() : null);
      return { optedOutAt: optedOutAt?.toISOString() ?? null };
    },
  );
}
