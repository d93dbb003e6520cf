import { z } from 'zod';
import { instant, opaqueId, typedText, uuid } from './wire.ts';

export const note = z.object({ noteId: uuid, staffUserId: opaqueId, staffName: z.string(), text: z.string(), writtenAt: instant });
export type Note = z.infer<typeof note>;

/** POST /api/sidebar/customers/{externalUserId}/notes: idempotent on `noteId`. */
export const writeNoteBody = z.object({ noteId: uuid, text: typedText(4000).min(1) });
export type WriteNoteBody = z.infer<typeof writeNoteBody>;
