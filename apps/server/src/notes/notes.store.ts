import type { Note } from '@nextline/contract';
import { and, eq } from 'drizzle-orm';
import type { Queryable } from '../database.ts';
import { staff } from '../identity/identity.table.ts';
import { notes } from './notes.table.ts';

export async function insertNote(db: Queryable, note: typeof notes.$inferInsert): Promise<void> {
  await db.insert(notes).values(note).onConflictDoNothing();
}

export async function findNote(db: Queryable, externalUserId: string, noteId: string): Promise<Note | null> {
  const [row] = await db
    .select({ noteId: notes.noteId, staffUserId: notes.staffUserId, staffName: staff.name, text: notes.text, writtenAt: notes.writtenAt })
    .from(notes)
    .innerJoin(staff, and(eq(staff.corpId, notes.corpId), eq(staff.staffUserId, notes.staffUserId)))
    .where(and(eq(notes.externalUserId, externalUserId), eq(notes.noteId, noteId)));
  return row ? { ...row, writtenAt: row.writtenAt.toISOString() } : null;
}
