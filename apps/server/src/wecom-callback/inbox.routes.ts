import { callbackHash, callbackList, callbackQuery, callbacksReplayed, keptCallback } from '@nextline/contract';
import { z } from 'zod';
import type { App, Deps } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { inLanguage, languageOf } from '../sentence.ts';
import { replayCallback, replayDead, showCallbacks } from './replay-callbacks.ts';

/** The inbox for whoever runs the corp: what was given up and why, and again once the cause is repaired. */
export function inboxRoutes(app: App, deps: Pick<Deps, 'db' | 'clock' | 'config'>): void {
  app.get(
    '/callbacks',
    { schema: { querystring: callbackQuery, response: { 200: callbackList } } },
    async ({ principal, query, headers }) => {
      requirePermission(principal, 'doctor.read');
      return inLanguage(await showCallbacks(deps, query), languageOf(headers));
    },
  );

  app.post(
    '/callbacks/:payloadHash/replay',
    { schema: { params: z.object({ payloadHash: callbackHash }), response: { 200: keptCallback } } },
    async ({ principal, params, headers }) => {
      requirePermission(principal, 'sync.run');
      return inLanguage(await replayCallback(deps, params.payloadHash, principal), languageOf(headers));
    },
  );

  app.post('/callbacks/replay', { schema: { response: { 200: callbacksReplayed } } }, async ({ principal }) => {
    requirePermission(principal, 'sync.run');
    return { replayed: await replayDead(deps, principal) };
  });
}
