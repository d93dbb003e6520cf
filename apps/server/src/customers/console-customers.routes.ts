import {
  customerCount,
  customerDetail,
  customerExportQuery,
  customerFacets,
  customerListQuery,
  customerPage,
  deleteCustomerBody,
  deleteCustomerReply,
  moveStageBody,
  moveStageReply,
  opaqueId,
  setOptOutBody,
  setOptOutReply,
  timelinePage as timelineReply,
} from '@nextline/contract';
import { z } from 'zod';
import { requestInvalid } from '../errors.ts';
import type { App, Deps } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { momentAndId, readCursor } from '../page-cursor.ts';
import { moveStage } from '../stages/move-stage.ts';
import { timelinePage } from '../timeline/timeline-page.ts';
import { deleteCustomer } from './delete-customer.ts';
import { exportCustomer } from './export-customer.ts';
import { listFacets } from './list-facets.ts';
import { readFilter } from './read-filter.ts';
import { requireSeen } from './require-seen.ts';
import { setOptOut } from './set-opt-out.ts';
import { showCustomer } from './show-customer.ts';
import { countList, showList } from './show-list.ts';

const params = z.object({ externalUserId: opaqueId });

/** Customers in the console. Every id that this person may not see is answered as one that does not exist. */
export function consoleCustomerRoutes(app: App, deps: Deps): void {
  app.get('/customers', { schema: { querystring: customerListQuery, response: { 200: customerPage } } }, ({ principal, query }) => {
    requirePermission(principal, 'customers.read');
    const place = query.cursor === undefined ? undefined : readCursor(query.cursor, momentAndId);
    if (place === null) throw requestInvalid([{ path: 'query.cursor', message: '不认识的页码。' }]);
    const after = place === undefined ? null : { at: place[0].toISOString(), externalUserId: place[1] };
    return showList(deps, principal, { filter: readFilter(query.filter), sort: query.sort, after, limit: query.limit });
  });

  const countQuery = customerListQuery.pick({ filter: true });
  app.get('/customers/count', { schema: { querystring: countQuery, response: { 200: customerCount } } }, ({ principal, query }) => {
    requirePermission(principal, 'customers.read');
    return countList(deps, principal, readFilter(query.filter));
  });

  app.get('/customers/facets', { schema: { response: { 200: customerFacets } } }, ({ principal }) => {
    requirePermission(principal, 'customers.read');
    return listFacets(deps, principal);
  });

  app.get('/customers/:externalUserId', { schema: { params, response: { 200: customerDetail } } }, ({ principal, params: her }) => {
    requirePermission(principal, 'customers.read');
    return showCustomer(deps, principal, her.externalUserId);
  });

  const timelineQuery = z.object({ before: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(30) });
  app.get(
    '/customers/:externalUserId/timeline',
    { schema: { params, querystring: timelineQuery, response: { 200: timelineReply } } },
    async ({ principal, params: her, query }) => {
      requirePermission(principal, 'customers.read');
      await requireSeen(deps, principal, her.externalUserId);
      return timelinePage(deps, principal.staffUserId, her.externalUserId, query);
    },
  );

  app.put(
    '/customers/:externalUserId/opt-out',
    { schema: { params, body: setOptOutBody, response: { 200: setOptOutReply } } },
    async ({ principal, params: her, body }) => {
      requirePermission(principal, 'customers.write');
      await requireSeen(deps, principal, her.externalUserId);
      const at = await setOptOut(deps, principal, her.externalUserId, body.optedOut);
      return { optedOutAt: at?.toISOString() ?? null };
    },
  );

  app.put(
    '/customers/:externalUserId/stage',
    { schema: { params, body: moveStageBody, response: { 200: moveStageReply } } },
    async ({ principal, params: her, body }) => {
      requirePermission(principal, 'customers.write');
      await requireSeen(deps, principal, her.externalUserId);
      return moveStage(deps, principal, her.externalUserId, body.stageId, 'console');
    },
  );

  app.get('/customers/:externalUserId/export', { schema: { params, querystring: customerExportQuery } }, async (request, reply) => {
    const { principal, params: her, query } = request;
    requirePermission(principal, 'customers.export');
    const file = await exportCustomer(deps, principal, her.externalUserId, query.as);
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="${file.fileName}"`)
      .type(file.type)
      .serializer((text: string) => text)
      .send(file.body);
  });

  app.delete(
    '/customers/:externalUserId',
    { schema: { params, body: deleteCustomerBody, response: { 200: deleteCustomerReply } } },
    ({ principal, params: her, body }) => {
      requirePermission(principal, 'customers.delete');
      return deleteCustomer(deps, principal, her.externalUserId, body.confirm);
    },
  );
}
