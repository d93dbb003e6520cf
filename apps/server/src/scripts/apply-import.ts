import type { ScriptContent, ScriptStatus } from '@nextline/contract';
import { writeAudit } from '../audit/write-audit.ts';
import type { Queryable } from '../database.ts';
import { AppError } from '../errors.ts';
import type { Deps } from '../feature.ts';
import type { Held } from '../leases/hold-lease.ts';
import { folderOfNone } from './check-import.ts';
import { idOfNewFolder } from './decide-import-row.ts';
import type { Sentence } from '../sentence.ts';
import { unguarded } from './formula-guard.ts';
import { lockFolders } from './folders.store.ts';
import { knownMedia } from './media.store.ts';
import { putDraft } from './save-draft.ts';
import { forgetScriptCatalogue } from './script-catalogue.ts';
import { mediaOf, settingsColumns } from './script-content.ts';
import { type EditedScript, findEdited, findManyEdited, insertDrafts, insertScripts } from './script-editing.store.ts';
import {
  countUnapplied,
  markApplied,
  readUnapplied,
  refuseRow,
  type StoredImport,
  type StoredImportRow,
  updateImport,
} from './script-imports.store.ts';
import { readScriptRules } from './script-rules.store.ts';
import { tableColumns } from './script-table.ts';
import { insertVersions, raiseLibraryVersion, upsertFolder } from './scripts.store.ts';
import { folderAt } from './table-books.ts';
import { readFolder } from './table-names.ts';
import { statusOf } from './table-words.ts';
import { carryOut } from './take-step.ts';
import { titlePinyin } from './title-pinyin.ts';

const atOnce = 100;

const changedSince: Sentence = {
  'zh-CN': '试读之后有人改过这一条，没有动它。要导入的话再试读一次。',
  en: 'Somebody has changed this one since the dry run, so it was left alone. Read the table once more to import it.',
};

type Line = { row: number; scriptId: string; revision: number | null; content: ScriptContent; wants: ScriptStatus | null; path: string[] };

function lineOf({ row, scriptId, revision, content, cells }: StoredImportRow): Line | null {
  if (scriptId === null || content === null) return null;
  const cell = (column: string) => unguarded(cells[tableColumns.indexOf(column)] ?? '').trim();
  return { row, scriptId, revision, content, wants: statusOf(cell('状态')), path: readFolder(cell('文件夹')) };
}

/** Folders that the lines name and that are not there yet; the contents then name what is. */
async function makeFolders(tx: Queryable, corpId: string, lines: Line[]): Promise<void> {
  const folders = await lockFolders(tx);
  for (const line of lines) {
    if (folders.some(({ folderId }) => folderId === line.content.folderId)) continue;
    const path = line.path.length > 0 ? line.path : folderOfNone;
    let parentId: string | null = null;
    for (const depth of path.keys()) {
      const upTo = path.slice(0, depth + 1);
      let folder = folderAt(folders, upTo);
      if (!folder) {
        const position = Math.max(-1, ...folders.filter((one) => one.parentId === parentId).map((one) => one.position)) + 1;
        folder = { folderId: idOfNewFolder(corpId, upTo), parentId, name: upTo.at(-1) ?? '', position };
        await upsertFolder(tx, corpId, folder);
        folders.push(folder);
      }
      parentId = folder.folderId;
    }
    line.content.folderId = parentId ?? line.content.folderId;
  }
}

type Run = { deps: Deps; corpId: string; by: string; now: Date; fourEyes: boolean };

/** Scripts that nobody had: in a few statements for all of them. Without four eyes, what is to be online is. */
async function insertNew(tx: Queryable, { corpId, by, now, fourEyes }: Run, lines: Line[]): Promise<void> {
  const isOnline = ({ wants }: Line) => !fourEyes && (wants === 'published' || wants === 'retired');
  const inReview = ({ wants }: Line) => wants === 'review' || (fourEyes && wants === 'published');
  await insertScripts(
    tx,
    lines.map((line) => ({
      corpId,
      scriptId: line.scriptId,
      ...settingsColumns(line.content),
      status: isOnline(line) ? (line.wants ?? 'draft') : inReview(line) ? 'review' : 'draft',
      publishedVersion: isOnline(line) ? 1 : null,
      retiredAt: isOnline(line) && line.wants === 'retired' ? now : null,
      sharedAt: line.content.audience.kind === 'personal' ? now : null,
      revision: 1,
      createdAt: now,
      updatedAt: now,
      updatedBy: by,
    })),
  );
  await insertVersions(
    tx,
    lines.filter(isOnline).map(({ scriptId, content }) => {
      const { title, keywords, purpose, parts, fit, defaults, folderId, audience, validFrom, validUntil } = content;
      const settings = { folderId, audience, validFrom, validUntil };
      const words = { title, titlePinyin: titlePinyin(title), keywords, purpose, parts, fit, defaults };
      return { corpId, scriptId, version: 1, ...words, settings, authorUserId: by, createdAt: now, publishedAt: now };
    }),
  );
  await insertDrafts(
    tx,
    lines
      .filter((line) => !isOnline(line))
      .map((line) => ({
        corpId,
        scriptId: line.scriptId,
        version: 1,
        content: line.content,
        titlePinyin: titlePinyin(line.content.title),
        inReview: inReview(line),
        writers: [by],
        createdAt: now,
        savedAt: now,
        savedBy: by,
      })),
  );
}

/** The line asks for another status than the script has, and only a draft leads there, also with the same words. */
function beginsAnew({ script, draft }: EditedScript, wants: ScriptStatus | null): boolean {
  if (wants === null || wants === 'retired' || wants === script.status) return false;
  return draft === null || wants === 'draft';
}

/** A script that is there: its draft becomes what the line says, and goes as far as the line says and the rules allow. */
async function change(tx: Queryable, { deps, corpId, by, now, fourEyes }: Run, before: EditedScript, line: Line): Promise<void> {
  const reach = { staffUserId: by, storeId: null };
  const who = { staffUserId: by };
  await putDraft(tx, { corpId, by, now }, before, line.content, beginsAnew(before, line.wants));
  if (line.wants === null || line.wants === 'draft') return;
  const found = await findEdited(tx, reach, line.scriptId, true);
  if (found === null) throw new Error('a script that is locked is gone');
  if (found.draft !== null && line.wants === 'published') await carryOut(deps, tx, who, found, { step: fourEyes ? 'submit' : 'publish' });
  if (found.draft !== null && line.wants === 'review') await carryOut(deps, tx, who, found, { step: 'submit' });
  if (line.wants === 'retired' && found.standing.publishedVersion !== null && found.standing.status !== 'retired')
    await carryOut(deps, tx, who, found, { step: 'retire' });
}

type Nesting = Queryable & { transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> };

async function applyBatch(tx: Nesting, run: Run, importId: string, rows: StoredImportRow[]): Promise<void> {
  const lines = rows.flatMap((row) => lineOf(row) ?? []);
  const files = await knownMedia(tx, [...new Set(lines.flatMap(({ content }) => mediaOf(content.parts)))]);
  const stored: Line[] = [];
  for (const line of lines) {
    if (mediaOf(line.content.parts).every((hash) => files.has(hash))) stored.push(line);
    else
      await refuseRow(tx, importId, line.row, [
        { column: '消息1', sentence: { 'zh-CN': '它用的文件刚被删掉了。', en: 'The file that it uses was just deleted.' } },
      ]);
  }
  await makeFolders(tx, run.corpId, stored);
  const reach = { staffUserId: run.by, storeId: null };
  const existing = await findManyEdited(
    tx,
    reach,
    stored.map(({ scriptId }) => scriptId),
    true,
  );
  const done = stored.filter(({ scriptId }) => !existing.has(scriptId));
  await insertNew(tx, run, done);
  for (const line of stored) {
    const before = existing.get(line.scriptId);
    if (!before) continue;
    // Somebody has worked on it, or made it, since this was judged: what nobody has looked at overwrites nothing.
    if (before.script.revision !== line.revision) {
      await refuseRow(tx, importId, line.row, [{ column: '编号', sentence: changedSince }]);
      continue;
    }
    try {
      await tx.transaction((nested) => change(nested, run, before, line));
      done.push(line);
    } catch (error) {
      // What the rules refuse now: this line only.
      if (!(error instanceof AppError)) throw error;
      await refuseRow(tx, importId, line.row, [{ column: '编号', sentence: error.sentence }]);
    }
  }
  await markApplied(
    tx,
    importId,
    rows.map(({ row }) => row),
  );
  const entry = { corpId: run.corpId, who: { staffUserId: run.by }, action: 'script.import' as const, at: run.now };
  await writeAudit(
    tx,
    ...done.map(({ scriptId, content }) => ({
      ...entry,
      subject: { kind: 'script', id: scriptId },
      detail: { importId, title: content.title },
    })),
  );
}

/**
 * Stores what the dry run announced, line by line in the table's order. Each batch and the mark that it is done are one transaction: a process that
 * dies goes on where it stopped, and nothing is stored twice.
 */
export async function applyImport(deps: Deps, held: Held, one: StoredImport): Promise<void> {
  const { corpId } = deps.config.wecom;
  const { importId } = one;
  for (;;) {
    if (held.signal.aborted) return;
    const now = deps.clock.now();
    const left = await deps.db.transaction(async (tx) => {
      await held.holdFast(tx);
      await raiseLibraryVersion(tx, corpId, now);
      const rows = await readUnapplied(tx, importId, atOnce);
      const { fourEyes } = await readScriptRules(tx);
      await applyBatch(tx, { deps, corpId, by: one.staffUserId, now, fourEyes }, importId, rows);
      const waiting = await countUnapplied(tx, importId);
      await updateImport(tx, importId, { handled: one.rows - waiting, ...(waiting === 0 && { state: 'done', finishedAt: now }) });
      return waiting;
    });
    forgetScriptCatalogue(deps);
    if (left === 0) return;
  }
}
