import { opaqueId, timelinePage as timelineReply } from '@nextline/contract';
import { z } from 'zod';
import { requireCustomer } from '../customers/require-customer.ts';
import type { App, Deps } from '../feature.ts';
import { timelinePage } from './timeline-page.ts';

const timelineQuery = z.object({ before: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(30) });

export function timelineRoutes(app: App, deps: Deps): void {
  app.get(
    '/customers/:externalUserId/timeline',
    { schema: { params: z.object({ externalUserId: opaqueId }), querystring: timelineQuery, response: { 200: timelineReply } } },
    async ({ params: { externalUserId }, query, principal }) => {
      const { own, endedAt } = await requireCustomer(deps, principal, externalUserId);
      // Whoever was her contact once reads what was until then; what colleagues note since is not theirs.
      const until = own === 'ended' ? endedAt : null;
      return timelinePage(deps, principal.staffUserId, externalUserId, { ...query, until });
    },
  );
}
