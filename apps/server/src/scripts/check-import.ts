import type { Held } from '../leases/hold-lease.ts';
import type { Deps } from '../feature.ts';
import { checkScript } from './check-script.ts';
import { decideImportRow, idOfNewFolder, idOfNewScript } from './decide-import-row.ts';
import { prepareCheck } from './find-findings.ts';
import type { TableLine } from './read-table.ts';
import { readTableApart } from './read-table-apart.ts';
import { mediaOf } from './script-content.ts';
import { findManyEdited, knownScriptIds, readStaffNames } from './script-editing.store.ts';
import { insertImportRows, readImportFile, readLastRow, type StoredImport, updateImport } from './script-imports.store.ts';
import { isAnothers } from './script-reach.ts';
import { readScriptRules } from './script-rules.store.ts';
import { readKey, readScript, tableColumns } from './script-table.ts';
import { folderAt, tableBooks } from './table-books.ts';
import { isExample } from './table-words.ts';
import { unguarded } from './formula-guard.ts';

/** Lines in one transaction: a process that dies loses no more than that, and the bar moves. */
const atOnce = 250;
/** Where lines go that name no folder. */
export const folderOfNone = ['导入的'];

const cellOf = (line: TableLine) => (column: string) => {
  const cell = line.cells.get(column);
  return cell === undefined ? undefined : unguarded(cell);
};

/**
 * Says of every line what it would do, and stores none of it. Taken up where it stopped: the lines that were judged are kept, and reading the file
 * again gives the same lines.
 */
export async function checkImport(deps: Deps, held: Held, one: StoredImport): Promise<void> {
  const { db } = deps;
  const { corpId } = deps.config.wecom;
  const file = await readImportFile(db, one.importId);
  const table = await readTableApart(file ?? Buffer.alloc(0), held.signal);
  if (table === null) return;
  const lines = table.lines.filter((line) => !isExample(readKey(cellOf(line))));
  const firstOf = new Map<string, number>();
  for (const line of lines) {
    const key = readKey(cellOf(line));
    if (key !== '' && !firstOf.has(key)) firstOf.set(key, line.row);
  }
  const done = await readLastRow(db, one.importId);
  const left = lines.filter(({ row }) => row > done);
  if (one.rows !== lines.length) await updateImport(db, one.importId, { rows: lines.length });
  for (let from = 0; from < left.length; from += atOnce) {
    if (held.signal.aborted) return;
    const batch = left.slice(from, from + atOnce);
    await db.transaction(async (tx) => {
      await held.holdFast(tx);
      const { books, folders } = await tableBooks(deps, tx);
      const keys = [...new Set(batch.map((line) => readKey(cellOf(line))).filter((key) => key !== ''))];
      const existing = await findManyEdited(tx, { staffUserId: one.staffUserId, storeId: null }, keys, false);
      const taken = await knownScriptIds(tx, keys);
      const read = batch.map((line) => {
        const before = existing.get(readKey(cellOf(line))) ?? null;
        const script = readScript(cellOf(line), before?.content ?? null, books);
        const path = script.folder ?? (before ? null : folderOfNone);
        if (path && path.length > 2)
          script.problems.push({
            column: '文件夹',
            sentence: {
              'zh-CN': '文件夹最多两级，写成「公司/新客欢迎」。',
              en: 'Folders are at most two levels deep, written as “公司/新客欢迎”.',
            },
          });
        if (path) script.content.folderId = folderAt(folders, path)?.folderId ?? idOfNewFolder(corpId, path);
        if (script.key.length > 128 || /[\u0000-\u001f\u007f]/.test(script.key))
          script.problems.push({
            column: '编号',
            sentence: { 'zh-CN': '编号最多 128 个字，不能换行。', en: 'An id has at most 128 characters on one line.' },
          });
        return { line, script, before };
      });
      const owners = read.map(({ script }) => (script.content.audience.kind === 'personal' ? script.content.audience.ownerUserId : null));
      const staff = await readStaffNames(tx, owners);
      const rules = await readScriptRules(tx);
      const checking = await prepareCheck(
        tx,
        rules,
        [...new Set(read.flatMap(({ script }) => mediaOf(script.content.parts)))],
        deps.clock.now(),
      );
      const rows = read.map(({ line, script, before }, n) => {
        const owner = owners[n] ?? null;
        if (owner !== null && !staff.has(owner))
          script.problems.push({
            column: '谁能看',
            sentence: { 'zh-CN': `没有「${owner}」这位员工。`, en: `There is no member of staff “${owner}”.` },
          });
        const first = firstOf.get(script.key);
        const { outcome, problems } = decideImportRow(script, {
          mode: one.mode,
          existing: before && {
            content: before.content,
            status: before.script.status,
            inReview: before.draft?.inReview ?? false,
            published: before.script.publishedVersion !== null,
            anothers: isAnothers(one.staffUserId, before.script),
          },
          taken: before === null && taken.has(script.key),
          twin: first !== undefined && first < line.row ? first : null,
          findings: checkScript(script.content, checking),
        });
        return {
          corpId,
          importId: one.importId,
          row: line.row,
          outcome,
          revision: before?.script.revision ?? null,
          key: script.key,
          title: script.content.title.slice(0, 200).toWellFormed(),
          problems,
          cells: tableColumns.map((column) => (line.cells.get(column) ?? '').toWellFormed().replaceAll('\u0000', '')),
          content: outcome === 'refused' ? null : script.content,
          scriptId: script.key === '' ? idOfNewScript(one.importId, line.row) : script.key,
          publish: script.status === 'published' || script.status === 'retired',
        };
      });
      await insertImportRows(
        tx,
        rows.map((row) => ({ ...row, key: row.key.replaceAll('\u0000', '').slice(0, 200).toWellFormed() })),
      );
      await updateImport(tx, one.importId, { handled: lines.length - left.length + from + batch.length });
    });
  }
  // The file has said what it had to say.
  await updateImport(db, one.importId, { state: 'checked', handled: lines.length, file: null });
}
