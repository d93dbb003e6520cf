import type { CallbackList, CallbacksReplayed, KeptCallback } from '@nextline/contract';

export type CallbackRoutes = {
  'GET /api/admin/callbacks': { reply: CallbackList };
  'POST /api/admin/callbacks/:payloadHash/replay': { reply: KeptCallback };
  'POST /api/admin/callbacks/replay': { reply: CallbacksReplayed };
};
