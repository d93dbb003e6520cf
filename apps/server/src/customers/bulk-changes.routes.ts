import { beginBulkBody, bulkList, bulkPreview, bulkState as bulkStateReply, previewBulkBody, uuid } from '@nextline/contract';
import { z } from 'zod';
import type { App, Deps } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { beginBulk, previewBulk } from './begin-bulk.ts';
import { bulkState, newestBulks, undoBulk } from './bulk-state.ts';

const params = z.object({ bulkId: uuid });

export function bulkChangeRoutes(app: App, deps: Deps): void {
  app.post('/customer-changes/preview', { schema: { body: previewBulkBody, response: { 200: bulkPreview } } }, ({ principal, body }) => {
    requirePermission(principal, 'customers.write');
    return previewBulk(deps, principal, body);
  });

  app.post('/customer-changes', { schema: { body: beginBulkBody, response: { 200: bulkStateReply } } }, async ({ principal, body }) => {
    requirePermission(principal, 'customers.write');
    await beginBulk(deps, principal, body);
    return bulkState(deps, principal, body.bulkId);
  });

  app.get('/customer-changes', { schema: { response: { 200: bulkList } } }, async ({ principal }) => {
    requirePermission(principal, 'customers.read');
    return { changes: await newestBulks(deps, principal) };
  });

  app.get('/customer-changes/:bulkId', { schema: { params, response: { 200: bulkStateReply } } }, (request) => {
    requirePermission(request.principal, 'customers.read');
    return bulkState(deps, request.principal, request.params.bulkId);
  });

  app.post(
    '/customer-changes/:bulkId/undo',
    { schema: { params, response: { 200: bulkStateReply } } },
    async ({ principal, params: { bulkId } }) => {
      requirePermission(principal, 'customers.write');
      await undoBulk(deps, principal, bulkId);
      return bulkState(deps, principal, bulkId);
    },
  );
}
