import { z } from 'zod';
import { opaqueId } from './wire.ts';

export const tag = z.object({
  tagId: opaqueId,
  name: z.string(),
  /** `min gan ji`: one syllable per character, a character that is not Han stands for itself. */ pinyin: z.string(),
});
export const tagGroup = z.object({
  groupId: opaqueId,
  name: z.string(),
  /** 只能选一个: choosing one removes the group's others. WeCom knows no such rule; it is ours. */
  singleChoice: z.boolean(),
  tags: z.array(tag),
});
export type Tag = z.infer<typeof tag>;
export type TagGroup = z.infer<typeof tagGroup>;

/** GET /api/sidebar/tags */
export const tagCatalogue = z.object({ groups: z.array(tagGroup), recentTagIds: z.array(opaqueId) });
export type TagCatalogue = z.infer<typeof tagCatalogue>;

/** PUT /api/sidebar/customers/{externalUserId}/tags */
export const changeTagsBody = z.object({ add: z.array(opaqueId).max(100), remove: z.array(opaqueId).max(100) });
export type ChangeTagsBody = z.infer<typeof changeTagsBody>;
/** `sync: pending` means stored and queued: WeCom did not answer within the request. */
export const changeTagsReply = z.object({ tagIds: z.array(opaqueId), pendingTagIds: z.array(opaqueId), sync: z.enum(['done', 'pending']) });
export type ChangeTagsReply = z.infer<typeof changeTagsReply>;
