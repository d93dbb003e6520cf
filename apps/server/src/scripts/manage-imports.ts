import type { ImportRow, Language, ScriptImport } from '@nextline/contract';
import { z } from 'zod';
import { writeAudit } from '../audit/write-audit.ts';
import { requestInvalid } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { issueInWords } from '../issue-words.ts';
import { inLanguage, type Sentence } from '../sentence.ts';
import { headings } from './export-scripts.ts';
import { unguarded } from './formula-guard.ts';
import { importNotFound, wrongState } from './script-errors.ts';
import {
  beginApplying,
  countOutcomes,
  findImport,
  insertImport,
  listImports,
  readImportRows,
  type StoredImport,
  type StoredImportRow,
} from './script-imports.store.ts';
import type { KeptProblem } from './script-imports.table.ts';
import { colon, columnName } from './table-words.ts';
import type { UploadedFile } from './uploaded-file.ts';
import { writeTable } from './write-table.ts';

/** As the contract has them, in both languages. */
type ShownImport = Omit<ScriptImport, 'failure'> & { failure: Sentence | null };
type ShownRow = Omit<ImportRow, 'problems'> & { problems: { column: Sentence; sentence: KeptProblem['sentence'] }[] };

const none = { new: 0, changed: 0, same: 0, refused: 0 };
const shownImports = 30;

function shown(one: StoredImport, counts: ScriptImport['counts'] | undefined): ShownImport {
  const { importId, fileName, mode, state, rows, handled, failure, staffUserId, startedBy, startedAt, finishedAt } = one;
  return {
    importId,
    fileName,
    mode,
    state,
    rows,
    handled,
    counts: counts ?? none,
    failure,
    startedBy: startedBy ?? staffUserId,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}

const fieldsOf = z.object({ importId: z.uuid(), mode: z.enum(['add', 'update']) });
const wrongField: Record<string, Sentence> = {
  importId: { 'zh-CN': '页面没有说这是哪次导入，刷新再传。', en: 'The page did not say which import this is. Reload and upload again.' },
  mode: { 'zh-CN': '选「只加新的」还是「更新已有的」。', en: 'Choose between adding new ones and updating existing ones.' },
};

/** Takes a table; what it would do is worked out in the background. Idempotent on the id that the page made. */
export async function beginImport(deps: Deps, who: Principal, { fileName, bytes, fields }: UploadedFile): Promise<ShownImport> {
  const read = fieldsOf.safeParse(fields);
  if (!read.success)
    throw requestInvalid(
      read.error.issues.map((issue) => {
        const path = issue.path.join('.');
        return { path, message: wrongField[path] ?? issueInWords(issue) };
      }),
    );
  const { importId, mode } = read.data;
  const { corpId } = deps.config.wecom;
  const at = deps.clock.now();
  await deps.db.transaction(async (tx) => {
    const made = await insertImport(tx, {
      corpId,
      importId,
      fileName,
      file: bytes,
      mode,
      state: 'reading',
      staffUserId: who.staffUserId,
      startedAt: at,
    });
    if (made)
      await writeAudit(tx, {
        corpId,
        who,
        action: 'script_import.begin',
        subject: { kind: 'import', id: importId },
        detail: { fileName, mode },
        at,
      });
  });
  return showImport(deps, importId);
}

async function requireImport({ db }: Pick<Deps, 'db'>, importId: string): Promise<StoredImport> {
  const found = z.uuid().safeParse(importId).success ? await findImport(db, importId) : null;
  if (found === null) throw importNotFound();
  return found;
}

export async function showImport(deps: Pick<Deps, 'db'>, importId: string): Promise<ShownImport> {
  const found = await requireImport(deps, importId);
  return shown(found, (await countOutcomes(deps.db, [importId])).get(importId));
}

export async function showImports({ db }: Pick<Deps, 'db'>): Promise<ShownImport[]> {
  const imports = await listImports(db, shownImports);
  const counts = await countOutcomes(
    db,
    imports.map(({ importId }) => importId),
  );
  return imports.map((one) => shown(one, counts.get(one.importId)));
}

const rowOf = ({ row, outcome, key, title, problems }: StoredImportRow): ShownRow => ({
  row,
  outcome,
  key,
  title,
  problems: problems.map(({ column, sentence }) => ({ column: columnName(column), sentence })),
});
const rowsOnPage = 100;

export async function showImportRows(
  deps: Pick<Deps, 'db'>,
  importId: string,
  { outcome, cursor }: { outcome?: ImportRow['outcome'] | undefined; cursor?: string | undefined },
): Promise<{ rows: ShownRow[]; nextCursor: string | null }> {
  await requireImport(deps, importId);
  const after = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isSafeInteger(after) || after < 0 || after > 2_000_000)
    throw requestInvalid([
      {
        path: 'querystring.cursor',
        message: { 'zh-CN': '翻页的位置读不懂，回到第一页。', en: 'This place in the pages is not right. Begin at the first page.' },
      },
    ]);
  const rows = await readImportRows(deps.db, importId, { outcome, after, limit: rowsOnPage + 1 });
  const page = rows.slice(0, rowsOnPage);
  return { rows: page.map(rowOf), nextCursor: rows.length > rowsOnPage ? String(page.at(-1)?.row) : null };
}

/** For real. Asked again while it runs or when it is done, it answers where it stands. */
export async function beginApply(deps: Deps, who: Principal, importId: string): Promise<ShownImport> {
  const { corpId } = deps.config.wecom;
  const at = deps.clock.now();
  const { state } = await requireImport(deps, importId);
  if (state === 'reading' || state === 'failed')
    throw wrongState({
      'zh-CN': '这次导入还没有检查完，或者文件读不了。',
      en: 'This import has not been checked yet, or its file cannot be read.',
    });
  await deps.db.transaction(async (tx) => {
    if (await beginApplying(tx, importId))
      await writeAudit(tx, { corpId, who, action: 'script_import.apply', subject: { kind: 'import', id: importId }, at });
  });
  return showImport(deps, importId);
}

const mostRows = 20_000;

const why = ({ problems }: StoredImportRow, language: Language) =>
  problems.map(({ column, sentence }) => columnName(column)[language] + colon[language] + inLanguage(sentence, language)).join('\n');

/** The refused lines as they came, with a column that says why; corrected, the file is uploaded as it is. */
export async function writeErrorFile(deps: Pick<Deps, 'db'>, importId: string, language: Language): Promise<Buffer> {
  await requireImport(deps, importId);
  const rows = await readImportRows(deps.db, importId, { outcome: 'refused', after: 0, limit: mostRows });
  return writeTable(
    'xlsx',
    [columnName('哪里不对')[language], ...headings(language)],
    rows.map((row) => [why(row, language), ...row.cells.map(unguarded)]),
  );
}
