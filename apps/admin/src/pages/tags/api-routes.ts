import type * as contract from '@nextline/contract';

type Reply = { reply: contract.EditableTags };

export type TagRoutes = {
  'GET /api/admin/tags': Reply;
  'POST /api/admin/tag-groups': Reply & { body: { name: string; tags: string[] } };
  'PUT /api/admin/tag-groups/order': Reply & { body: { ids: string[] } };
  'PUT /api/admin/tag-groups/:groupId': Reply & { body: { name?: string; singleChoice?: boolean } };
  'DELETE /api/admin/tag-groups/:groupId': Reply;
  'POST /api/admin/tag-groups/:groupId/tags': Reply & { body: { names: string[] } };
  'PUT /api/admin/tag-groups/:groupId/order': Reply & { body: { ids: string[] } };
  'PUT /api/admin/tags/:tagId': Reply & { body: { name: string } };
  'DELETE /api/admin/tags/:tagId': Reply;
};
