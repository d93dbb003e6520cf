/** 客户分群: a filter with a name. */
import { z } from 'zod';
import { customerFilter } from './customer-list.ts';
import { instant, opaqueId, typedText, uuid } from './wire.ts';

export const segment = z.object({
  segmentId: uuid,
  name: z.string(),
  filter: customerFilter,
  shared: z.boolean(),
  ownerUserId: opaqueId,
  ownerName: z.string(),
  mine: z.boolean(),
  updatedAt: instant,
});
export type Segment = z.infer<typeof segment>;

/** GET /api/admin/segments: one's own and the shared ones. How many are in one: GET /api/admin/segments/{segmentId}/count → customerCount, by the eyes of whoever asks. */
export const segmentList = z.object({ segments: z.array(segment) });
export type SegmentList = z.infer<typeof segmentList>;

/** PUT /api/admin/segments/{segmentId}: made or changed; only the owner changes it. 409 `segment.name_taken`. DELETE takes it away. → segment */
export const saveSegmentBody = z.object({ name: typedText(30).min(1), filter: customerFilter, shared: z.boolean() });
export type SaveSegmentBody = z.infer<typeof saveSegmentBody>;
