import { z } from 'zod';
import { instant, opaqueId } from './wire.ts';

/** One row of 轨迹. `side` decides the mark: what she did stands out, what we did is grey, what the system did is neither. */
export const timelineEntry = z.object({
  entryId: z.string(),
  at: instant,
  side: z.enum(['customer', 'us', 'system']),
  kind: z.enum(['followed', 'unfollowed', 'message', 'order', 'touch', 'stage', 'note', 'opt_out']),
  title: z.string(),
  detail: z.string().nullable(),
  scriptId: opaqueId.nullable(),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

/** GET /api/sidebar/customers/{externalUserId}/timeline?before=&limit= : newest first; `nextBefore` null at the end. */
export const timelinePage = z.object({ entries: z.array(timelineEntry), nextBefore: z.string().nullable() });
export type TimelinePage = z.infer<typeof timelinePage>;
