import type { SyncOverview, SyncRunView } from '@nextline/contract';

export type SyncRoutes = {
  'GET /api/admin/sync': { reply: SyncOverview };
  'POST /api/admin/sync/reconcile': { reply: SyncRunView };
};
