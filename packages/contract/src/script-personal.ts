/** A guide's own scripts: only she sees them, and nobody reviews them. */
import { z } from 'zod';
import { typedText, uuid } from './wire.ts';

/**
 * PUT /api/sidebar/scripts/{scriptId}/personal: writes one, or the next version of one of hers. The page makes the id; the same words again change
 * nothing. What WeCom would refuse is 400 beside the field. 204.
 */
export const writePersonalBody = z.object({ title: typedText(100).min(1), text: typedText(4000).min(1) });
export type WritePersonalBody = z.infer<typeof writePersonalBody>;
export const personalParams = z.object({ scriptId: uuid });

/** PUT /api/sidebar/scripts/{scriptId}/share: shows it to headquarters, where it may become the company's; false takes it back. 204. */
export const sharePersonalBody = z.object({ shared: z.boolean() });
// DELETE /api/sidebar/scripts/{scriptId}/personal: 204. What was sent stays in the record.
