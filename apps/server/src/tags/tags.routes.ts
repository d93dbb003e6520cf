import { changeTagsBody, changeTagsReply, opaqueId, tagCatalogue as tagCatalogueReply } from '@nextline/contract';
import { z } from 'zod';
import type { App, Deps } from '../feature.ts';
import { changeTags } from './change-tags.ts';
import { tagCatalogue } from './tag-catalogue.ts';
import { readRecentTags } from './tags.store.ts';

const shownRecents = 8;

export function tagRoutes(app: App, deps: Deps): void {
  app.get('/tags', { schema: { response: { 200: tagCatalogueReply } } }, async ({ principal }) => {
    const [{ groups, byId }, recents] = await Promise.all([tagCatalogue(deps), readRecentTags(deps.db, principal.staffUserId, 30)]);
    return { groups, recentTagIds: recents.filter((tagId) => byId.has(tagId)).slice(0, shownRecents) };
  });

  app.put(
    '/customers/:externalUserId/tags',
    { schema: { params: z.object({ externalUserId: opaqueId }), body: changeTagsBody, response: { 200: changeTagsReply } } },
    ({ params, body, principal }) => changeTags(deps, principal, params.externalUserId, body),
  );
}
