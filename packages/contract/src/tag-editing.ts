/** WeCom's corp tags as the console edits them. Every change is made at WeCom first; what WeCom refuses does not happen here. */
import { z } from 'zod';
import { opaqueId, typedText } from './wire.ts';

const tagName = typedText(30).min(1);

export const editableTag = z.object({ tagId: opaqueId, name: z.string(), customers: z.number().int() });
export const editableTagGroup = z.object({
  groupId: opaqueId,
  name: z.string(),
  singleChoice: z.boolean(),
  tags: z.array(editableTag),
});
export type EditableTagGroup = z.infer<typeof editableTagGroup>;

/** GET /api/admin/tags. `customers`: how many wear the tag, exact up to 10,000. */
export const editableTags = z.object({ groups: z.array(editableTagGroup) });
export type EditableTags = z.infer<typeof editableTags>;

/**
 * POST /api/admin/tag-groups; every change answers `editableTags`. Refusals: 409 `tag.not_ours` (made by another app or in WeCom's own console), `tag.name_taken`,
 * `tag.too_many`, 404 `tag.not_found`, 503 `wecom.unavailable`.
 */
export const createTagGroupBody = z.object({ name: tagName, tags: z.array(tagName).min(1).max(100) });
/** PUT /api/admin/tag-groups/{groupId}. DELETE takes the group away with all its tags. */
export const changeTagGroupBody = z.object({ name: tagName.optional(), singleChoice: z.boolean().optional() });
/** POST /api/admin/tag-groups/{groupId}/tags */
export const addTagsBody = z.object({ names: z.array(tagName).min(1).max(100) });
/** PUT /api/admin/tags/{tagId}; DELETE takes it from everybody who wears it. */
export const renameTagBody = z.object({ name: tagName });
/** PUT /api/admin/tag-groups/order and PUT /api/admin/tag-groups/{groupId}/order: all ids, in their new order. */
export const orderBody = z.object({ ids: z.array(opaqueId).max(1000) });
