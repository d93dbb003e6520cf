import { uuidv7 } from 'uuidv7';
import { writeAudit } from '../audit/write-audit.ts';
import { scriptNotFound } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { putDraft, refuseStale } from './save-draft.ts';
import { settingsColumns } from './script-content.ts';
import { findEdited, insertScript, updateScript } from './script-editing.store.ts';
import { wrongState } from './script-errors.ts';
import { reachOf } from './script-reach.ts';
import { type EditedView, showEdited } from './show-script.ts';

/** Makes a draft of the company's out of what a guide showed to headquarters. She keeps hers; it is no longer among those that wait. */
export async function promoteScript(deps: Deps, who: Principal, scriptId: string, revision: number): Promise<EditedView> {
  requirePermission(who, 'scripts.review');
  const { corpId } = deps.config.wecom;
  const reach = reachOf(who);
  const now = deps.clock.now();
  const by = who.staffUserId;
  return deps.db.transaction(async (tx) => {
    const personal = await findEdited(tx, reach, scriptId, true);
    if (personal === null) throw scriptNotFound();
    if (personal.script.scope !== 'personal')
      throw wrongState({ 'zh-CN': '这条已经是公司的话术了。', en: 'This is one of the company’s scripts already.' });
    await refuseStale(tx, personal, revision);
    const content = { ...personal.content, audience: { kind: 'company' as const } };
    const newId = uuidv7();
    await insertScript(tx, {
      corpId,
      scriptId: newId,
      ...settingsColumns(content),
      status: 'draft',
      createdAt: now,
      updatedAt: now,
      updatedBy: by,
    });
    const empty = await findEdited(tx, reach, newId, true);
    if (empty === null) throw scriptNotFound();
    await putDraft(tx, { corpId, by, now }, empty, content);
    await updateScript(tx, scriptId, { sharedAt: null, revision: revision + 1, updatedAt: now });
    const subject = { kind: 'script', id: newId };
    await writeAudit(tx, { corpId, who, action: 'script.promote', subject, detail: { title: content.title, from: scriptId }, at: now });
    const made = await findEdited(tx, reach, newId);
    if (made === null) throw scriptNotFound();
    return showEdited(deps, tx, who, made);
  });
}
