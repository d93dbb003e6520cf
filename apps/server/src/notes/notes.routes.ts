import { note, opaqueId, writeNoteBody } from '@nextline/contract';
import { z } from 'zod';
import { requireChangeable } from '../customers/require-customer.ts';
import { AppError } from '../errors.ts';
import type { App, Deps } from '../feature.ts';
import { findNote, insertNote } from './notes.store.ts';

const noteNotFound = () =>
  new AppError({ code: 'note.not_found', status: 404, sentence: { 'zh-CN': '没有这条备忘。', en: 'There is no such note.' } });

export function noteRoutes(app: App, deps: Deps): void {
  app.post(
    '/customers/:externalUserId/notes',
    { schema: { params: z.object({ externalUserId: opaqueId }), body: writeNoteBody, response: { 200: note } } },
    async ({ params: { externalUserId }, body: { noteId, text }, principal }) => {
      await requireChangeable(deps, principal, externalUserId);
      const { staffUserId } = principal;
      const { db, clock, config } = deps;
      await insertNote(db, { corpId: config.wecom.corpId, externalUserId, noteId, staffUserId, text, writtenAt: clock.now() });
      // Written once: a repeated request gets what was written first, and another's id is nobody's.
      const written = await findNote(db, externalUserId, noteId);
      if (written?.staffUserId !== staffUserId) throw noteNotFound();
      return written;
    },
  );
}
