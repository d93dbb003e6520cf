import type { Part, PersonalWritten, ScriptContent, WritePersonalBody } from '@nextline/contract';
import { writeAudit } from '../audit/write-audit.ts';
import type { Queryable } from '../database.ts';
import { requestInvalid, scriptNotFound } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { findingsOf } from './find-findings.ts';
import { lockFolders } from './folders.store.ts';
import { offerInAny } from './offer-words.ts';
import { publishVersion } from './publish-version.ts';
import { anyFit, contentOf, sameContent, settingsOf, wordsOf } from './script-content.ts';
import { forgetScriptCatalogue } from './script-catalogue.ts';
import { deleteDraft, type EditedScript, findEdited, findWholeVersion, knownScriptIds, updateScript } from './script-editing.store.ts';
import { readScriptRules } from './script-rules.store.ts';
import { newestVersion, raiseLibraryVersion, upsertFolder } from './scripts.store.ts';

/** Where guides' own scripts lie when the brand made no folder for them. */
const ownFolder = { folderId: 'personal', name: '随手存的', parentId: null };

async function folderForOwn(tx: Queryable, corpId: string): Promise<string> {
  const folders = await lockFolders(tx);
  const known = folders.find(({ folderId, name }) => folderId === ownFolder.folderId || name === ownFolder.name);
  if (known) return known.folderId;
  await upsertFolder(tx, corpId, { ...ownFolder, position: folders.length });
  return ownFolder.folderId;
}

/** Hers and nobody else's: any other id is 404, as one that was made up. */
async function requireOwn(tx: Queryable, who: Principal, scriptId: string): Promise<EditedScript> {
  const found = await findEdited(tx, { staffUserId: who.staffUserId, storeId: null }, scriptId, true);
  if (found?.script.scope !== 'personal' || found.script.ownerUserId !== who.staffUserId) throw scriptNotFound();
  return found;
}

/** What she has in the sidebar: a draft from the console is not part of it. */
async function publishedContent(tx: Queryable, { script }: EditedScript): Promise<ScriptContent | null> {
  const version = script.publishedVersion === null ? null : await findWholeVersion(tx, script.scriptId, script.publishedVersion);
  return version && contentOf(version, settingsOf(script));
}

/** Writes a guide's own script, or the next version of it. The forbidden words are the customer's protection here too, and are only marked. */
export async function writePersonal(
  deps: Deps,
  who: Principal,
  scriptId: string,
  { title, text, purpose }: WritePersonalBody,
): Promise<PersonalWritten> {
  const { corpId } = deps.config.wecom;
  const now = deps.clock.now();
  const by = who.staffUserId;
  const written = await deps.db.transaction(async (tx): Promise<PersonalWritten> => {
    await raiseLibraryVersion(tx, corpId, now);
    const before = (await knownScriptIds(tx, [scriptId])).has(scriptId) ? await requireOwn(tx, who, scriptId) : null;
    const base = before && (await publishedContent(tx, before));
    const parts: Part[] = [{ kind: 'text', text }, ...(base?.parts.slice(1) ?? [])];
    const offer = offerInAny(wordsOf(parts));
    const outcome: PersonalWritten = { purpose: offer === null ? purpose : 'marketing', offer };
    const content: ScriptContent = {
      folderId: before?.script.folderId ?? (await folderForOwn(tx, corpId)),
      title,
      keywords: base?.keywords ?? [],
      purpose: outcome.purpose,
      parts,
      audience: { kind: 'personal', ownerUserId: by },
      fit: base?.fit ?? anyFit,
      validFrom: null,
      validUntil: null,
      defaults: base?.defaults ?? {},
    };
    if (base && before?.script.retiredAt === null && sameContent(base, content)) return outcome;
    const wrong = (await findingsOf(tx, await readScriptRules(tx), content, now)).find(({ level }) => level === 'error');
    if (wrong) throw requestInvalid([{ path: wrong.field === 'title' ? 'body.title' : 'body.text', message: wrong.sentence }]);
    const version = (await newestVersion(tx, scriptId)) + 1;
    await publishVersion(tx, { corpId, scriptId, version, content, authorUserId: by, reviewerUserId: null, createdAt: now, now });
    // What was begun in the console is of the version before this one, and has its number.
    await deleteDraft(tx, scriptId);
    await updateScript(tx, scriptId, { revision: (before?.script.revision ?? 0) + 1, updatedBy: by });
    await writeAudit(tx, {
      corpId,
      who,
      action: 'script.write_personal',
      subject: { kind: 'script', id: scriptId },
      detail: { title, version, purpose: outcome.purpose },
      at: now,
    });
    return outcome;
  });
  forgetScriptCatalogue(deps);
  return written;
}

/** Shows it to headquarters, or takes that back. */
export async function sharePersonal(deps: Deps, who: Principal, scriptId: string, shared: boolean): Promise<void> {
  const { corpId } = deps.config.wecom;
  const now = deps.clock.now();
  await deps.db.transaction(async (tx) => {
    const { script, content } = await requireOwn(tx, who, scriptId);
    if ((script.sharedAt !== null) === shared) return;
    await updateScript(tx, scriptId, { sharedAt: shared ? now : null, revision: script.revision + 1, updatedAt: now });
    const action = shared ? 'script.share' : 'script.unshare';
    await writeAudit(tx, { corpId, who, action, subject: { kind: 'script', id: scriptId }, detail: { title: content.title }, at: now });
  });
}

export async function removePersonal(deps: Deps, who: Principal, scriptId: string): Promise<void> {
  const { corpId } = deps.config.wecom;
  const now = deps.clock.now();
  await deps.db.transaction(async (tx) => {
    await raiseLibraryVersion(tx, corpId, now);
    const { script, content } = await requireOwn(tx, who, scriptId);
    if (script.retiredAt !== null) return;
    await updateScript(tx, scriptId, { retiredAt: now, status: 'retired', sharedAt: null, revision: script.revision + 1, updatedAt: now });
    await writeAudit(tx, {
      corpId,
      who,
      action: 'script.remove_personal',
      subject: { kind: 'script', id: scriptId },
      detail: { title: content.title },
      at: now,
    });
  });
  forgetScriptCatalogue(deps);
}
