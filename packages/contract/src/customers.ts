import { z } from 'zod';
import { instant, opaqueId } from './wire.ts';

export const gender = z.enum(['female', 'male', 'unknown']);
export type Gender = z.infer<typeof gender>;

export const customer = z.object({
  externalUserId: opaqueId,
  /** The customer's own nickname. The guide's remark is on the follow. */
  name: z.string(),
  avatarUrl: z.string().nullable(),
  gender,
  /** A person on WeChat, or a colleague of another company on WeCom. */
  type: z.enum(['wechat', 'wecom']),
  corpName: z.string().nullable(),
  stageId: opaqueId.nullable(),
  stageEnteredAt: instant.nullable(),
  optedOutAt: instant.nullable(),
});
export type Customer = z.infer<typeof customer>;

/** The relation between this staff member and this customer. Tags and remark belong to it, as in WeCom. */
export const follow = z.object({
  staffUserId: opaqueId,
  staffName: z.string(),
  remark: z.string(),
  description: z.string(),
  /** `138****0101` unless the role may see them. */
  mobiles: z.array(z.string()),
  tagIds: z.array(opaqueId),
  /** Changed here, not yet acknowledged by WeCom. */
  pendingTagIds: z.array(opaqueId),
  /** How they met, in words: `门店活码`, `扫名片`, `搜手机号` … */
  sourceLabel: z.string(),
  /** Raw `state` of the channel code, if any. */
  state: z.string().nullable(),
  followedAt: instant,
  storeName: z.string().nullable(),
});
export type Follow = z.infer<typeof follow>;

export const setOptOutBody = z.object({ optedOut: z.boolean() });
export const setOptOutReply = z.object({ optedOutAt: instant.nullable() });
