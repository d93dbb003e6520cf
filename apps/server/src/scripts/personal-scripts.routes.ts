import { personalParams, personalWritten, sharePersonalBody, writePersonalBody } from '@nextline/contract';
import { z } from 'zod';
import type { App, Deps } from '../feature.ts';
import { removePersonal, sharePersonal, writePersonal } from './personal-scripts.ts';

const done = { 204: z.undefined() };

/** A guide's own scripts, under `/api/sidebar`. */
export function personalScriptRoutes(app: App, deps: Deps): void {
  app.put(
    '/scripts/:scriptId/personal',
    { schema: { params: personalParams, body: writePersonalBody, response: { 200: personalWritten } } },
    ({ params, body, principal }) => writePersonal(deps, principal, params.scriptId, body),
  );
  app.delete(
    '/scripts/:scriptId/personal',
    { schema: { params: personalParams, response: done } },
    async ({ params, principal }, reply) => {
      await removePersonal(deps, principal, params.scriptId);
      return reply.code(204).send(undefined);
    },
  );
  app.put(
    '/scripts/:scriptId/share',
    { schema: { params: personalParams, body: sharePersonalBody, response: done } },
    async ({ params, body, principal }, reply) => {
      await sharePersonal(deps, principal, params.scriptId, body.shared);
      return reply.code(204).send(undefined);
    },
  );
}
