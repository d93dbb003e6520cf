/** Scripts from a table and into one. Runs in the background: a dry run first, then the same rows for real. */
import { z } from 'zod';
import { instant, opaqueId, uuid } from './wire.ts';

/** `new`, `changed` and `same` would be stored; `refused` says why, by column. */
export const importRow = z.object({
  row: z.number().int(),
  outcome: z.enum(['new', 'changed', 'same', 'refused']),
  key: z.string(),
  title: z.string(),
  problems: z.array(z.object({ column: z.string(), sentence: z.string() })),
});
export type ImportRow = z.infer<typeof importRow>;

/**
 * POST /api/admin/script-imports (multipart: `importId`, `mode`, `file` .xlsx or .csv) → 202 scriptImport. GET …/{importId} → progress.
 * `mode` update: rows with a known key change that script; add: they are refused. GET …/{importId}/rows?outcome&cursor → importRows.
 * POST …/{importId}/apply: for real. GET …/{importId}/errors.xlsx: the refused rows with a column that says why. GET /api/admin/script-imports/template.xlsx.
 * GET /api/admin/scripts-export?format=xlsx|csv: the whole library; importing it changes nothing. Files are written in the language that is asked for, and read in either.
 */
export const scriptImport = z.object({
  importId: uuid,
  fileName: z.string(),
  mode: z.enum(['add', 'update']),
  state: z.enum(['reading', 'checked', 'applying', 'done', 'failed']),
  rows: z.number().int(),
  handled: z.number().int(),
  counts: z.object({ new: z.number().int(), changed: z.number().int(), same: z.number().int(), refused: z.number().int() }),
  /** Why the file as a whole cannot be read; a sentence. */
  failure: z.string().nullable(),
  startedBy: z.string(),
  startedAt: instant,
  finishedAt: instant.nullable(),
});
export type ScriptImport = z.infer<typeof scriptImport>;
export const importRows = z.object({ rows: z.array(importRow), nextCursor: z.string().nullable() });
export const importList = z.object({ imports: z.array(scriptImport) });
export const importParams = z.object({ importId: opaqueId });
