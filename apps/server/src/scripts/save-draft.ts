import type { CreateScriptBody, SaveDraftBody, ScriptContent } from '@nextline/contract';
import { writeAudit } from '../audit/write-audit.ts';
import type { Queryable } from '../database.ts';
import { requestInvalid, scriptNotFound } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { requireMedia } from './publish-version.ts';
import { sameContent, settingsColumns } from './script-content.ts';
import {
  type EditedScript,
  findEdited,
  folderExists,
  insertScript,
  readStaffNames,
  updateScript,
  upsertDraft,
} from './script-editing.store.ts';
import { changedMeanwhile, wrongState } from './script-errors.ts';
import { reachOf, requireAudience, requireOwnScript } from './script-reach.ts';
import { decideStep } from './script-steps.ts';
import { type EditedView, showEdited } from './show-script.ts';
import { titlePinyin } from './title-pinyin.ts';

/** A page saves at every pause in typing: one entry in the log per person and so long. */
const auditEveryMs = 600_000;

type Saving = { corpId: string; by: string; now: Date };

export async function requireFolder(tx: Queryable, folderId: string): Promise<void> {
  if (!(await folderExists(tx, folderId)))
    throw requestInvalid([
      {
        path: 'body.content.folderId',
        message: { 'zh-CN': '这个文件夹已经不在了，换一个。', en: 'This folder is gone. Choose another one.' },
      },
    ]);
}

/**
 * Puts the content into the draft: of a published script it begins the next version. Nothing happens when it says what is there already, unless
 * the script is to begin anew with the same words.
 */
export async function putDraft(
  tx: Queryable,
  { corpId, by, now }: Saving,
  before: EditedScript,
  content: ScriptContent,
  anew = false,
): Promise<boolean> {
  const { script, draft, standing } = before;
  if (!anew && sameContent(before.content, content) && (draft !== null || script.publishedVersion !== null)) return false;
  const decision = decideStep(standing, { step: 'save', by, fourEyes: true });
  if ('refusal' in decision || decision.next.draft === null)
    throw wrongState({ 'zh-CN': '这条话术正在审核，先撤回再改。', en: 'This script is in review. Take it back before you change it.' });
  const { version, writers } = decision.next.draft;
  await requireFolder(tx, content.folderId);
  await requireMedia(tx, content);
  await upsertDraft(tx, {
    corpId,
    scriptId: script.scriptId,
    version,
    content,
    titlePinyin: titlePinyin(content.title),
    inReview: false,
    writers: [...writers],
    createdAt: draft?.createdAt ?? now,
    savedAt: now,
    savedBy: by,
    rejection: draft?.rejection ?? null,
  });
  await updateScript(tx, script.scriptId, {
    ...(script.publishedVersion === null && settingsColumns(content)),
    status: decision.next.status,
    revision: script.revision + 1,
    updatedAt: now,
    updatedBy: by,
  });
  return true;
}

export async function refuseStale(tx: Queryable, found: EditedScript, revision: number): Promise<void> {
  const { script, draft, content } = found;
  if (script.revision === revision) return;
  const by = draft?.savedBy ?? script.updatedBy;
  const names = await readStaffNames(tx, [by]);
  throw changedMeanwhile({
    revision: script.revision,
    savedBy: by === null ? null : (names.get(by) ?? by),
    savedAt: (draft?.savedAt ?? script.updatedAt).toISOString(),
    content,
  });
}

async function reread(tx: Queryable, who: Principal, scriptId: string): Promise<EditedScript> {
  const found = await findEdited(tx, reachOf(who), scriptId);
  if (found === null) throw scriptNotFound();
  return found;
}

/** Idempotent on the id that the page made: asked again it answers what is there. */
export async function createScript(deps: Deps, who: Principal, { scriptId, content }: CreateScriptBody): Promise<EditedView> {
  const { corpId } = deps.config.wecom;
  const reach = reachOf(who);
  const now = deps.clock.now();
  const by = who.staffUserId;
  requireAudience(reach, content.audience, null, 'body.content.audience');
  return deps.db.transaction(async (tx) => {
    await requireFolder(tx, content.folderId);
    const settings = settingsColumns(content);
    const made = await insertScript(tx, { corpId, scriptId, ...settings, status: 'draft', createdAt: now, updatedAt: now, updatedBy: by });
    if (made) {
      await putDraft(tx, { corpId, by, now }, await reread(tx, who, scriptId), content);
      await writeAudit(tx, {
        corpId,
        who,
        action: 'script.create',
        subject: { kind: 'script', id: scriptId },
        detail: { title: content.title },
        at: now,
      });
    }
    return showEdited(deps, tx, who, await reread(tx, who, scriptId));
  });
}

export async function saveDraft(deps: Deps, who: Principal, scriptId: string, { revision, content }: SaveDraftBody): Promise<EditedView> {
  const { corpId } = deps.config.wecom;
  const reach = reachOf(who);
  const now = deps.clock.now();
  const by = who.staffUserId;
  return deps.db.transaction(async (tx) => {
    const before = await findEdited(tx, reach, scriptId, true);
    if (before === null) throw scriptNotFound();
    requireOwnScript(reach, before.script);
    requireAudience(reach, content.audience, before.content.audience, 'body.content.audience');
    await refuseStale(tx, before, revision);
    const changed = await putDraft(tx, { corpId, by, now }, before, content);
    const { draft } = before;
    if (changed && (draft?.savedBy !== by || now.getTime() - draft.savedAt.getTime() > auditEveryMs))
      await writeAudit(tx, {
        corpId,
        who,
        action: 'script.edit',
        subject: { kind: 'script', id: scriptId },
        detail: { title: content.title },
        at: now,
      });
    return showEdited(deps, tx, who, changed ? await reread(tx, who, scriptId) : before);
  });
}
