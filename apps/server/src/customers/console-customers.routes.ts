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
import { inLanguage, languageOf } from '../sentence.ts';
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
  app.get(
    '/customers',
    { schema: { querystring: customerListQuery, response: { 200: customerPage } } },
    ({ principal, query, headers }) => {
      requirePermission(principal, 'customers.read');
      const place = query.cursor === undefined ? undefined : readCursor(query.cursor, momentAndId);
      if (place === null)
        throw requestInvalid([
          {
            path: 'query.cursor',
            message: { 'zh-CN': '不认识的页码。', en: 'This place in the pages is not right. Begin at the first page.' },
          },
        ]);
      const after = place === undefined ? null : { at: place[0].toISOString(), externalUserId: place[1] };
      const asked = { filter: readFilter(query.filter), sort: query.sort, after, limit: query.limit };
      return showList(deps, principal, asked, languageOf(headers));
    },
  );

  const countQuery = customerListQuery.pick({ filter: true });
  app.get('/customers/count', { schema: { querystring: countQuery, response: { 200: customerCount } } }, ({ principal, query }) => {
    requirePermission(principal, 'customers.read');
    return countList(deps, principal, readFilter(query.filter));
  });

  app.get('/customers/facets', { schema: { response: { 200: customerFacets } } }, ({ principal, headers }) => {
    requirePermission(principal, 'customers.read');
    return listFacets(deps, principal, languageOf(headers));
  });

  app.get('/customers/:externalUserId', { schema: { params, response: { 200: customerDetail } } }, ({ principal, params, headers }) => {
    requirePermission(principal, 'customers.read');
    return showCustomer(deps, principal, params.externalUserId, languageOf(headers));
  });

  const timelineQuery = z.object({ before: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(30) });
  app.get(
    '/customers/:externalUserId/timeline',
    { schema: { params, querystring: timelineQuery, response: { 200: timelineReply } } },
    async ({ principal, params: her, query, headers }) => {
      requirePermission(principal, 'customers.read');
      await requireSeen(deps, principal, her.externalUserId);
      return timelinePage(deps, principal.staffUserId, her.externalUserId, query, languageOf(headers));
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
    const file = await exportCustomer(deps, principal, her.externalUserId, query.as, languageOf(request.headers));
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
    async ({ principal, params: her, body, headers }) => {
      requirePermission(principal, 'customers.delete');
      return inLanguage(await deleteCustomer(deps, principal, her.externalUserId, body.confirm), languageOf(headers));
    },
  );
}
