import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';

export const notes = pgTable(
  'notes',
  {
    corpId: corpId(),
    externalUserId: id('external_user_id').notNull(),
    noteId: uuid('note_id').notNull(),
    staffUserId: id('staff_user_id').notNull(),
    text: text().notNull(),
    writtenAt: at('written_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.externalUserId, t.noteId] })],
);
