/** A guide's own scripts: only she sees them, and nobody reviews them. */
import { z } from 'zod';
import { purpose } from './scripts.ts';
import { typedText, uuid } from './wire.ts';

/**
 * PUT /api/sidebar/scripts/{scriptId}/personal → personalWritten: writes one, or the next version of one of hers. The page makes the id; the same words again change
 * nothing. What WeCom would refuse is 400 beside the field. She says whether it serves or sells, and what she does not say sells; nobody reviews it, so one with an
 * offer in it is marketing whatever she says: `offer` are the words that make it so.
 */
export const writePersonalBody = z.object({
  title: typedText(100).min(1),
  text: typedText(4000).min(1),
  purpose: purpose.default('marketing'),
});
export type WritePersonalBody = z.infer<typeof writePersonalBody>;
export const personalWritten = z.object({ purpose, offer: z.string().nullable() });
export type PersonalWritten = z.infer<typeof personalWritten>;
export const personalParams = z.object({ scriptId: uuid });

/** PUT /api/sidebar/scripts/{scriptId}/share: shows it to headquarters, where it may become the company's; false takes it back. 204. */
export const sharePersonalBody = z.object({ shared: z.boolean() });
// DELETE /api/sidebar/scripts/{scriptId}/personal: 204. What was sent stays in the record.
