import { opaqueId, timelinePage } from '@nextline/contract';
import { z } from 'zod';
import { requireCustomer } from '../customers/require-customer.ts';
import { requestInvalid } from '../errors.ts';
import type { App, Deps } from '../feature.ts';
import { scriptCatalogue } from '../scripts/script-catalogue.ts';
import { stageList } from '../stages/stage-list.ts';
import { readCursor, writeCursor } from './timeline-cursor.ts';
import { timelineEntry } from './timeline-entry.ts';
import { readTimeline } from './timeline.store.ts';

const query = z.object({ before: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(30) });

export function timelineRoutes(app: App, deps: Deps): void {
  app.get(
    '/customers/:externalUserId/timeline',
    { schema: { params: z.object({ externalUserId: opaqueId }), querystring: query, response: { 200: timelinePage } } },
    async ({ params: { externalUserId }, query: { before, limit }, principal }) => {
      await requireCustomer(deps, principal, externalUserId);
      const cursor = before === undefined ? null : readCursor(before);
      if (before !== undefined && cursor === null) throw requestInvalid([{ path: 'query.before', message: '不认识的页码。' }]);
      const [rows, stages, { byId }] = await Promise.all([
        readTimeline(deps.db, deps.config.wecom.corpId, externalUserId, cursor, limit + 1),
        stageList(deps),
        scriptCatalogue(deps),
      ]);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const stageNames = new Map(stages.map((stage) => [stage.stageId, stage.name]));
      const words = {
        staffUserId: principal.staffUserId,
        stageName: (stageId: string) => stageNames.get(stageId) ?? '已删的阶段',
        kindsOf: (scriptId: string) => byId.get(scriptId)?.script.parts.map((part) => part.kind) ?? null,
      };
      return {
        entries: shown.map((row) => timelineEntry(row, words)),
        nextBefore: rows.length > limit && last ? writeCursor(last) : null,
      };
    },
  );
}
