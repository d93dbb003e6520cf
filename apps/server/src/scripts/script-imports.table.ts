import type { ImportRow, ScriptContent, ScriptImport } from '@nextline/contract';
import { boolean, customType, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id, sentence } from '../columns.ts';
import type { Sentence } from '../sentence.ts';

/** Imports of earlier releases kept the Chinese sentence alone. */
export type KeptProblem = { column: string; sentence: Sentence | string };

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** A table that somebody uploaded. The file stays until it was read, so that a process that dies loses nothing. */
export const scriptImports = pgTable(
  'script_imports',
  {
    corpId: corpId(),
    importId: uuid('import_id').notNull(),
    fileName: text('file_name').notNull(),
    file: bytea(),
    mode: text().$type<ScriptImport['mode']>().notNull(),
    state: text().$type<ScriptImport['state']>().notNull(),
    rows: integer().notNull().default(0),
    handled: integer().notNull().default(0),
    failure: sentence(),
    staffUserId: id('staff_user_id').notNull(),
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.importId] }), index('script_imports_by_time').on(t.corpId, t.startedAt)],
);

/** One line of it: what it would do, and whether it was done. */
export const scriptImportRows = pgTable(
  'script_import_rows',
  {
    corpId: corpId(),
    importId: uuid('import_id').notNull(),
    row: integer().notNull(),
    outcome: text().$type<ImportRow['outcome']>().notNull(),
    key: text().notNull(),
    title: text().notNull(),
    problems: jsonb().$type<KeptProblem[]>().notNull(),
    /** As it stood in the file, for the file of errors. */
    cells: jsonb().$type<string[]>().notNull(),
    /** Null for a line that is refused. */
    content: jsonb().$type<ScriptContent>(),
    /** The id under which it is stored; made with the line, so that storing it twice stores it once. */
    scriptId: id('script_id'),
    /** Of the script that is there, when the line was judged; null when none was. */
    revision: integer(),
    publish: boolean().notNull().default(false),
    applied: boolean().notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.importId, t.row] })],
);
