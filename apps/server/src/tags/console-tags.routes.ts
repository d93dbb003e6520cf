import {
  addTagsBody,
  changeTagGroupBody,
  createTagGroupBody,
  editableTags as editableTagsReply,
  opaqueId,
  orderBody,
  renameTagBody,
} from '@nextline/contract';
import { z } from 'zod';
import type { App, Deps, Principal } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { addTags, changeTagGroup, createTagGroup, deleteTag, deleteTagGroup, orderTags, renameTag } from './edit-tags.ts';
import { editableTags } from './editable-tags.ts';

const groupParams = z.object({ groupId: opaqueId });
const tagParams = z.object({ tagId: opaqueId });
const response = { 200: editableTagsReply };

/** The corp's tags in the console. Every change answers all tags as they are after it. */
export function consoleTagRoutes(app: App, deps: Deps): void {
  const changing = async (principal: Principal, change: () => Promise<void>) => {
    requirePermission(principal, 'tags.write');
    await change();
    return editableTags(deps, principal);
  };

  app.get('/tags', { schema: { response } }, ({ principal }) => {
    requirePermission(principal, 'customers.read');
    return editableTags(deps, principal);
  });
  app.post('/tag-groups', { schema: { body: createTagGroupBody, response } }, ({ principal, body }) =>
    changing(principal, () => createTagGroup(deps, principal, body)),
  );
  app.put('/tag-groups/order', { schema: { body: orderBody, response } }, ({ principal, body }) =>
    changing(principal, () => orderTags(deps, principal, body.ids, null)),
  );
  app.put('/tag-groups/:groupId', { schema: { params: groupParams, body: changeTagGroupBody, response } }, ({ principal, params, body }) =>
    changing(principal, () => changeTagGroup(deps, principal, params.groupId, body)),
  );
  app.delete('/tag-groups/:groupId', { schema: { params: groupParams, response } }, ({ principal, params }) =>
    changing(principal, () => deleteTagGroup(deps, principal, params.groupId)),
  );
  app.post('/tag-groups/:groupId/tags', { schema: { params: groupParams, body: addTagsBody, response } }, ({ principal, params, body }) =>
    changing(principal, () => addTags(deps, principal, params.groupId, body.names)),
  );
  app.put('/tag-groups/:groupId/order', { schema: { params: groupParams, body: orderBody, response } }, ({ principal, params, body }) =>
    changing(principal, () => orderTags(deps, principal, body.ids, params.groupId)),
  );
  app.put('/tags/:tagId', { schema: { params: tagParams, body: renameTagBody, response } }, ({ principal, params, body }) =>
    changing(principal, () => renameTag(deps, principal, params.tagId, body.name)),
  );
  app.delete('/tags/:tagId', { schema: { params: tagParams, response } }, ({ principal, params }) =>
    changing(principal, () => deleteTag(deps, principal, params.tagId)),
  );
}
