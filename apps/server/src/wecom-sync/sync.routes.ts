import { syncOverview, syncRun } from '@nextline/contract';
import { writeAudit } from '../audit/write-audit.ts';
import type { App, Deps } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { requestReconciliation } from './reconcile.ts';
import { showRun, showSync } from './show-sync.ts';

/** How the sync stands, and a reconciliation now. A worker begins it within some seconds; `GET /sync` shows how far it is. */
export function syncRoutes(app: App, deps: Pick<Deps, 'db' | 'clock' | 'config'>): void {
  const { db, clock, config } = deps;
  const { corpId } = config.wecom;

  app.get('/sync', { schema: { response: { 200: syncOverview } } }, async ({ principal }, reply) => {
    requirePermission(principal, 'doctor.read');
    void reply.header('cache-control', 'no-store');
    return showSync(deps);
  });

  app.post('/sync/reconcile', { schema: { response: { 202: syncRun } } }, async ({ principal }, reply) => {
    requirePermission(principal, 'sync.run');
    const run = await requestReconciliation(deps, principal.staffUserId);
    await writeAudit(db, { corpId, who: principal, action: 'sync.reconcile', subject: { kind: 'corp', id: corpId }, at: clock.now() });
    return reply.code(202).send(await showRun(deps, run));
  });
}
