import { customerCount, saveSegmentBody, segment, segmentList, uuid } from '@nextline/contract';
import { z } from 'zod';
import { countList } from '../customers/show-list.ts';
import type { App, Deps } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { listSegments, removeSegment, requireSegment, saveSegment } from './edit-segments.ts';

const params = z.object({ segmentId: uuid });

export function segmentRoutes(app: App, deps: Deps): void {
  app.get('/segments', { schema: { response: { 200: segmentList } } }, async ({ principal }) => {
    requirePermission(principal, 'customers.read');
    return { segments: await listSegments(deps, principal) };
  });

  app.get(
    '/segments/:segmentId/count',
    { schema: { params, response: { 200: customerCount } } },
    async ({ principal, params: { segmentId } }) => {
      requirePermission(principal, 'customers.read');
      const { filter } = await requireSegment(deps, principal, segmentId);
      return countList(deps, principal, filter);
    },
  );

  app.put('/segments/:segmentId', { schema: { params, body: saveSegmentBody, response: { 200: segment } } }, (request) => {
    requirePermission(request.principal, 'customers.read');
    return saveSegment(deps, request.principal, request.params.segmentId, request.body);
  });

  app.delete(
    '/segments/:segmentId',
    { schema: { params, response: { 200: segmentList } } },
    async ({ principal, params: { segmentId } }) => {
      requirePermission(principal, 'customers.read');
      await removeSegment(deps, principal, segmentId);
      return { segments: await listSegments(deps, principal) };
    },
  );
}
