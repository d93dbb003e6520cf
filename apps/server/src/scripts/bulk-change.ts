import type { BulkScriptsBody, BulkScriptsReply } from '@nextline/contract';
import { writeAudit } from '../audit/write-audit.ts';
import type { Queryable } from '../database.ts';
import { requestInvalid } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { findBulk, insertBulk, markUndone, setDraftContent, type StoredBulk } from './bulk-change.store.ts';
import { beforeBulk, type BulkEffect, effectOf } from './bulk-rules.ts';
import { filterOf } from './list-scripts.ts';
import { findScriptIds } from './list-scripts.store.ts';
import { forgetScriptCatalogue } from './script-catalogue.ts';
import { type EditedScript, findManyEdited, folderExists, knownFolders, setReview, updateScript } from './script-editing.store.ts';
import type { BulkBefore } from './script-editing.table.ts';
import { bulkNotFound, undoTooLate } from './script-errors.ts';
import { reachOf, requireAudience, requireOwnScript } from './script-reach.ts';
import { raiseLibraryVersion } from './scripts.store.ts';

const undoForMs = 30 * 60_000;
/** One transaction holds all of them. */
const mostScripts = 5000;

const replyOf = ({ selected, before, undoUntil, undoneAt }: StoredBulk): BulkScriptsReply => ({
  selected,
  changed: before.length,
  undoUntil: undoneAt === null ? undoUntil.toISOString() : null,
});

async function requireWanted(tx: Queryable, who: Principal, change: BulkScriptsBody['change']): Promise<void> {
  if (change.kind === 'move' && !(await folderExists(tx, change.folderId)))
    throw requestInvalid([
      {
        path: 'body.change.folderId',
        message: { 'zh-CN': '这个文件夹已经不在了，换一个。', en: 'This folder is gone. Choose another one.' },
      },
    ]);
  if (change.kind === 'audience') requireAudience(reachOf(who), change.audience, null, 'body.change.audience');
  if (
    change.kind === 'validity' &&
    change.validFrom !== null &&
    change.validUntil !== null &&
    Date.parse(change.validFrom) >= Date.parse(change.validUntil)
  )
    throw requestInvalid([
      { path: 'body.change.validUntil', message: { 'zh-CN': '结束时间要晚于开始时间。', en: 'The end must be later than the beginning.' } },
    ]);
}

/** Moves, re-addresses, dates or retires many scripts at once. What guides see changes at once; a draft keeps its words. */
export async function changeInBulk(
  deps: Deps,
  who: Principal,
  { bulkId, selection, change, dryRun }: BulkScriptsBody,
): Promise<BulkScriptsReply> {
  const { corpId } = deps.config.wecom;
  const now = deps.clock.now();
  const reach = reachOf(who);
  const ids =
    'scriptIds' in selection
      ? [...new Set(selection.scriptIds)]
      : await findScriptIds(deps.db, reach, await filterOf(deps, selection.query));
  if (ids.length > mostScripts)
    throw requestInvalid([
      {
        path: 'body.selection',
        message: {
          'zh-CN': `一次最多改 ${mostScripts} 条，先筛小一点。`,
          en: `At most ${mostScripts} scripts at once. Narrow them down first.`,
        },
      },
    ]);
  const answer = await deps.db.transaction(async (tx) => {
    if (!dryRun) {
      await raiseLibraryVersion(tx, corpId, now);
      const known = await findBulk(tx, bulkId);
      if (known && known.staffUserId !== who.staffUserId) throw bulkNotFound();
      if (known) return replyOf(known);
    }
    await requireWanted(tx, who, change);
    const found = await findManyEdited(tx, reach, ids, !dryRun);
    const changing: { script: EditedScript; effect: BulkEffect }[] = [];
    for (const script of found.values()) {
      const effect = effectOf(script, change, { by: who.staffUserId, now });
      if (effect === null) continue;
      requireOwnScript(reach, script.script);
      changing.push({ script, effect });
    }
    if (dryRun) return { selected: found.size, changed: changing.length, undoUntil: null };
    const undoUntil = new Date(now.getTime() + undoForMs);
    for (const { script, effect } of changing) await apply(tx, script, effect, who.staffUserId, now);
    const before = changing.map(({ script }) => beforeBulk(script));
    await insertBulk(tx, { corpId, bulkId, staffUserId: who.staffUserId, change, selected: found.size, before, changedAt: now, undoUntil });
    const detail = { change, changed: before.length, scriptIds: before.slice(0, 200).map(({ scriptId }) => scriptId) };
    await writeAudit(tx, { corpId, who, action: 'script.bulk', subject: { kind: 'bulk', id: bulkId }, detail, at: now });
    return { selected: found.size, changed: before.length, undoUntil: undoUntil.toISOString() };
  });
  if (!dryRun) forgetScriptCatalogue(deps);
  return answer;
}

async function apply(tx: Queryable, { script, draft }: EditedScript, effect: BulkEffect, by: string, now: Date): Promise<void> {
  await updateScript(tx, script.scriptId, { ...effect.columns, revision: script.revision + 1, updatedAt: now, updatedBy: by });
  if (effect.draft !== null) await setDraftContent(tx, script.scriptId, effect.draft);
  // Taken down while it was before a reviewer: as with the single step, the draft goes back to its writers.
  if (draft?.inReview && effect.columns.status === 'retired') await setReview(tx, script.scriptId, false);
}

/** What somebody else changed since stays as they left it, and so does what lay in a folder that is gone. */
export async function undoBulk(deps: Deps, who: Principal, bulkId: string): Promise<BulkScriptsReply> {
  const { corpId } = deps.config.wecom;
  const now = deps.clock.now();
  const reach = reachOf(who);
  const answer = await deps.db.transaction(async (tx) => {
    await raiseLibraryVersion(tx, corpId, now);
    const bulk = await findBulk(tx, bulkId);
    if (bulk === null || bulk.staffUserId !== who.staffUserId) throw bulkNotFound();
    if (bulk.undoneAt !== null) return { selected: bulk.before.length, changed: bulk.undone ?? 0, undoUntil: null };
    if (now >= bulk.undoUntil) throw undoTooLate();
    const ids = bulk.before.map(({ scriptId }) => scriptId);
    const found = await findManyEdited(tx, { ...reach, storeId: null }, ids, true);
    const folders = await knownFolders(tx, bulk.before.flatMap(foldersOf));
    let undone = 0;
    for (const before of bulk.before) {
      const { scriptId, revision, retiredAt, validFrom, validUntil, draft, status, ...columns } = before;
      const script = found.get(scriptId);
      if (!script || script.script.revision !== revision) continue;
      if (bulk.change.kind === 'move' && foldersOf(before).some((id) => !folders.has(id))) continue;
      undone += 1;
      const dates = { retiredAt: dateOf(retiredAt), validFrom: dateOf(validFrom), validUntil: dateOf(validUntil) };
      await updateScript(tx, scriptId, {
        ...columns,
        ...dates,
        status,
        revision: revision + 1,
        updatedAt: now,
        updatedBy: who.staffUserId,
      });
      if (draft !== null) await setDraftContent(tx, scriptId, draft);
      if (status === 'review') await setReview(tx, scriptId, true);
    }
    await markUndone(tx, bulkId, now, undone);
    await writeAudit(tx, { corpId, who, action: 'script.bulk_undo', subject: { kind: 'bulk', id: bulkId }, detail: { undone }, at: now });
    return { selected: bulk.before.length, changed: undone, undoUntil: null };
  });
  forgetScriptCatalogue(deps);
  return answer;
}

const foldersOf = ({ folderId, draft }: BulkBefore) => [folderId, ...(draft ? [draft.folderId] : [])];
const dateOf = (instant: string | null) => (instant === null ? null : new Date(instant));
