import { opaqueId, syncOverview, syncRun, unsureAnswer, unsureAnswered, unsureWrites, uuid } from '@nextline/contract';
import { z } from 'zod';
import { writeAudit } from '../audit/write-audit.ts';
import type { App, Deps } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { languageOf } from '../sentence.ts';
import { requestReconciliation } from './reconcile.ts';
import { showRun, showSync } from './show-sync.ts';
import { answerUnsure, showUnsure } from './unsure-writes.ts';

/**
 * How the sync stands, and a reconciliation now: a worker begins it within some seconds, and `GET /sync` shows how far it is. And the writes of which
 * only a person can say whether WeCom made them.
 */
export function syncRoutes(app: App, deps: Pick<Deps, 'db' | 'clock' | 'config' | 'wecom'>): void {
  const { db, clock, config } = deps;
  const { corpId } = config.wecom;

  app.get('/sync', { schema: { response: { 200: syncOverview } } }, async ({ principal, headers }, reply) => {
    requirePermission(principal, 'doctor.read');
    void reply.header('cache-control', 'no-store');
    return showSync(deps, languageOf(headers));
  });

  app.post('/sync/reconcile', { schema: { response: { 202: syncRun } } }, async ({ principal, headers }, reply) => {
    requirePermission(principal, 'sync.run');
    const run = await requestReconciliation(deps, principal.staffUserId);
    await writeAudit(db, { corpId, who: principal, action: 'sync.reconcile', subject: { kind: 'corp', id: corpId }, at: clock.now() });
    return reply.code(202).send(await showRun(deps, run, languageOf(headers)));
  });

  app.get('/sync/unsure', { schema: { response: { 200: unsureWrites } } }, async ({ principal, headers }, reply) => {
    requirePermission(principal, 'doctor.read');
    void reply.header('cache-control', 'no-store');
    return showUnsure(deps, languageOf(headers));
  });

  app.post(
    '/sync/unsure/:externalUserId/:writeId',
    { schema: { params: z.object({ externalUserId: opaqueId, writeId: uuid }), body: unsureAnswer, response: { 200: unsureAnswered } } },
    async ({ principal, params, body }) => {
      requirePermission(principal, 'sync.run');
      return { total: await answerUnsure(deps, params, body.answer, principal) };
    },
  );
}
