import type { SyncOverview, SyncRunView, UnsureAnswer, UnsureWrites } from '@nextline/contract';

export type SyncRoutes = {
  'GET /api/admin/sync': { reply: SyncOverview };
  'GET /api/admin/sync/unsure': { reply: UnsureWrites };
  'POST /api/admin/sync/unsure/:externalUserId/:writeId': {
    params: { externalUserId: string; writeId: string };
    body: { answer: UnsureAnswer };
    reply: { total: number };
  };
  'POST /api/admin/sync/reconcile': { reply: SyncRunView };
};
