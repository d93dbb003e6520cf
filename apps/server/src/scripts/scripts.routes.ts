import { library, myLibrary, opaqueId, reportMissingScriptBody, setFavouriteBody } from '@nextline/contract';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { scriptNotFound } from '../errors.ts';
import type { App, Deps } from '../feature.ts';
import { guideLibrary } from './guide-library.ts';
import { scriptCatalogue } from './script-catalogue.ts';
import { isVisibleTo } from './script-scope.ts';
import { insertMissingScript, readFavourites, readShared, readUses, setFavourite } from './scripts.store.ts';

const shownRecents = 50;

export function scriptRoutes(app: App, deps: Deps): void {
  const { db, clock, config } = deps;
  const { corpId } = config.wecom;

  app.get('/library', { schema: { response: { 200: library, 304: z.undefined() } } }, async (request, reply) => {
    const { version, toJson } = await guideLibrary(deps, request.principal);
    const etag = `W/"${version}"`;
    void reply.header('etag', etag).header('cache-control', 'private, no-cache');
    if (sameTag(request.headers['if-none-match'], etag)) return reply.code(304).send(undefined);
    return sendWritten(reply, toJson());
  });

  app.get('/library/mine', { schema: { response: { 200: myLibrary } } }, async ({ principal }) => {
    const [favourites, uses, shared] = await Promise.all([
      readFavourites(db, principal.staffUserId),
      readUses(db, principal.staffUserId, shownRecents),
      readShared(db, principal.staffUserId),
    ]);
    return {
      favourites,
      shared,
      recents: uses.map(({ scriptId, uses: count, lastUsedAt }) => ({ scriptId, uses: count, usedAt: lastUsedAt.toISOString() })),
    };
  });

  app.put(
    '/scripts/:scriptId/favourite',
    { schema: { params: z.object({ scriptId: opaqueId }), body: setFavouriteBody, response: { 204: z.undefined() } } },
    async ({ params, body, principal }, reply) => {
      const found = (await scriptCatalogue(deps)).byId.get(params.scriptId);
      if (body.favourite && !(found && isVisibleTo(found.stored, principal))) throw scriptNotFound();
      const favourite = { corpId, staffUserId: principal.staffUserId, scriptId: params.scriptId, markedAt: clock.now() };
      await setFavourite(db, favourite, body.favourite);
      return reply.code(204).send(undefined);
    },
  );

  app.post(
    '/missing-scripts',
    { schema: { body: reportMissingScriptBody, response: { 204: z.undefined() } } },
    async ({ body, principal }, reply) => {
      const { requestId, query, automatic, wish } = body;
      await insertMissingScript(db, {
        corpId,
        requestId,
        query,
        automatic,
        wish: wish ?? null,
        staffUserId: principal.staffUserId,
        askedAt: clock.now(),
      });
      return reply.code(204).send(undefined);
    },
  );
}

/** Text already: every script of it was checked against the contract when it was read. */
function sendWritten(reply: FastifyReply, json: string): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(json);
}

const bareTag = (tag: string) => tag.trim().replace(/^W\//, '');

/** A proxy that compresses may strip or add `W/`; the tag itself decides. */
function sameTag(header: string | undefined, etag: string): boolean {
  return header !== undefined && header.split(',').some((tag) => bareTag(tag) === bareTag(etag) || tag.trim() === '*');
}
