import type { ScriptForEditing, ScriptVersionContent, ScriptVersionRow } from '@nextline/contract';
import type { Queryable } from '../database.ts';
import { scriptNotFound } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { may } from '../identity/permissions.ts';
import type { Finding } from './check-script.ts';
import { findingsOf } from './find-findings.ts';
import { contentOf, settingsOf } from './script-content.ts';
import {
  type EditedScript,
  findEdited,
  findWholeVersion,
  readStaffNames,
  readVersions,
  readVersionUses,
  type VersionLine,
} from './script-editing.store.ts';
import { isOwnScript, reachOf } from './script-reach.ts';
import { readScriptRules } from './script-rules.store.ts';
import { decideStep, needsFourEyes } from './script-steps.ts';

type Names = ReadonlyMap<string, string>;
/** Somebody who is not in the store any more is still called something. */
export const nameOf = (names: Names, userId: string | null): string | null => (userId === null ? null : (names.get(userId) ?? userId));

function versionRows(
  { draft, script }: EditedScript,
  stored: VersionLine[],
  uses: ReadonlyMap<number, number>,
  names: Names,
): ScriptVersionRow[] {
  const rows = stored.map(({ version, authorUserId, reviewerUserId, createdAt, publishedAt }): ScriptVersionRow => ({
    version,
    state: version === script.publishedVersion ? 'published' : 'superseded',
    author: nameOf(names, authorUserId),
    createdAt: createdAt.toISOString(),
    publishedAt: publishedAt?.toISOString() ?? null,
    reviewer: nameOf(names, reviewerUserId),
    uses: uses.get(version) ?? 0,
  }));
  if (draft === null) return rows;
  const state = draft.inReview ? 'review' : 'draft';
  const createdAt = draft.createdAt.toISOString();
  return [
    { version: draft.version, state, author: nameOf(names, draft.savedBy), createdAt, publishedAt: null, reviewer: null, uses: 0 },
    ...rows,
  ];
}

/** What the editor shows, with its findings in both languages. */
export type EditedView = Omit<ScriptForEditing, 'findings'> & { findings: Finding[] };

/** The whole of what the editor shows, for somebody who was found to reach it. */
export async function showEdited(deps: Pick<Deps, 'clock'>, db: Queryable, who: Principal, found: EditedScript): Promise<EditedView> {
  const { script, draft, standing, content } = found;
  const rules = await readScriptRules(db);
  const stored = await readVersions(db, script.scriptId);
  const uses = await readVersionUses(db, script.scriptId);
  const { rejection } = draft ?? { rejection: null };
  const people = stored.flatMap(({ authorUserId, reviewerUserId }) => [authorUserId, reviewerUserId]);
  const names = await readStaffNames(db, [...people, draft?.savedBy ?? null, script.updatedBy, rejection?.by ?? null]);
  const fourEyes = needsFourEyes(rules.fourEyes, content.audience, who.staffUserId);
  const approval = decideStep(standing, { step: 'approve', by: who.staffUserId, fourEyes });
  return {
    scriptId: script.scriptId,
    status: script.status,
    revision: script.revision,
    version: draft?.version ?? script.publishedVersion ?? 1,
    publishedVersion: script.publishedVersion,
    content,
    findings: await findingsOf(db, rules, content, deps.clock.now()),
    versions: versionRows(found, stored, uses, names),
    savedAt: (draft?.savedAt ?? script.updatedAt).toISOString(),
    savedBy: nameOf(names, draft?.savedBy ?? script.updatedBy),
    rejection: rejection && { by: nameOf(names, rejection.by) ?? '', at: rejection.at, reason: rejection.reason },
    mayWrite: may(who, 'scripts.write') && isOwnScript(reachOf(who), script),
    mayReview: may(who, 'scripts.review') && !('refusal' in approval),
    needsReview: fourEyes,
  };
}

export async function showScript(deps: Pick<Deps, 'db' | 'clock'>, who: Principal, scriptId: string): Promise<EditedView> {
  const found = await findEdited(deps.db, reachOf(who), scriptId);
  if (found === null) throw scriptNotFound();
  return showEdited(deps, deps.db, who, found);
}

/** What a version said, byte for byte; the draft is a version too. */
export async function showVersion(
  { db }: Pick<Deps, 'db'>,
  who: Principal,
  scriptId: string,
  version: number,
): Promise<ScriptVersionContent> {
  const found = await findEdited(db, reachOf(who), scriptId);
  if (found === null) throw scriptNotFound();
  if (found.draft?.version === version) return { version, content: found.draft.content };
  const stored = await findWholeVersion(db, scriptId, version);
  if (stored === null) throw scriptNotFound();
  return { version, content: contentOf(stored, stored.settings ?? settingsOf(found.script)) };
}
