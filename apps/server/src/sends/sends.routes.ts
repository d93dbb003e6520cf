import { opaqueId, reportPartBody, send, startSendBody, uuid } from '@nextline/contract';
import { z } from 'zod';
import { requireCustomer } from '../customers/require-customer.ts';
import type { App, Deps } from '../feature.ts';
import { reportPart, stopSend } from './report-part.ts';
import { startSend } from './start-send.ts';

export function sendRoutes(app: App, deps: Deps): void {
  const which = z.object({ externalUserId: opaqueId, sendId: uuid });

  app.post(
    '/customers/:externalUserId/sends',
    { schema: { params: z.object({ externalUserId: opaqueId }), body: startSendBody, response: { 200: send } } },
    ({ params, body, principal }) => startSend(deps, principal, params.externalUserId, body),
  );

  app.put(
    '/customers/:externalUserId/sends/:sendId/parts/:n',
    {
      schema: { params: which.extend({ n: z.coerce.number().int().min(1).max(9) }), body: reportPartBody, response: { 200: send } },
    },
    async ({ params: { n, ...send }, body: { state, errMsg, at }, principal }) => {
      await requireCustomer(deps, principal, send.externalUserId);
      return reportPart(deps, principal, send, { n, state, errMsg, at: new Date(at) });
    },
  );

  app.put(
    '/customers/:externalUserId/sends/:sendId/stop',
    { schema: { params: which, response: { 200: send } } },
    async ({ params, principal }) => {
      await requireCustomer(deps, principal, params.externalUserId);
      return stopSend(deps, principal, params);
    },
  );
}
