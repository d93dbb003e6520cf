import { writeAudit } from '../audit/write-audit.ts';
import type { Queryable } from '../database.ts';
import { scriptNotFound } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { hasErrors } from './check-script.ts';
import { findingsOf } from './find-findings.ts';
import { publishVersion } from './publish-version.ts';
import { putDraft, refuseStale } from './save-draft.ts';
import { forgetScriptCatalogue } from './script-catalogue.ts';
import { contentOf, settingsOf } from './script-content.ts';
import {
  deleteDraft,
  deleteScript,
  type EditedScript,
  findEdited,
  findWholeVersion,
  setReview,
  updateScript,
} from './script-editing.store.ts';
import { notReady, ownReview, wrongState } from './script-errors.ts';
import { reachOf, requireAudienceWithin, requireOwnScript } from './script-reach.ts';
import { readScriptRules } from './script-rules.store.ts';
import { decideStep, needsFourEyes, type Refusal, type Step } from './script-steps.ts';
import { raiseLibraryVersion } from './scripts.store.ts';
import { type EditedView, showEdited } from './show-script.ts';

export type StepKind = Exclude<Step, 'save'>;
export type Asked = { step: StepKind; revision: number; reason?: string };

const seenByGuides: ReadonlySet<StepKind> = new Set(['approve', 'publish', 'retire']);
const mustBeReady: ReadonlySet<StepKind> = new Set(['submit', 'approve', 'publish']);
/** Of somebody who passes what others wrote, for whomever. */
const reviewing: ReadonlySet<StepKind> = new Set(['approve', 'reject']);

const refusalOf: Record<Refusal, () => Error> = {
  wrong_state: () => wrongState(),
  own_review: ownReview,
  needs_review: () =>
    wrongState({ 'zh-CN': '要先提交，请同事审过才能发布。', en: 'Submit it first: it can be published once a colleague has passed it.' }),
};

/** Submit, approve, reject, publish, withdraw, retire, discard. Null when nothing is left of the script. */
export async function takeStep(deps: Deps, who: Principal, scriptId: string, asked: Asked): Promise<EditedView | null> {
  const { step, revision } = asked;
  requirePermission(who, reviewing.has(step) ? 'scripts.review' : 'scripts.write');
  const reach = reachOf(who);
  const answer = await deps.db.transaction(async (tx) => {
    // Before the script is locked, in the order of everybody who publishes.
    if (seenByGuides.has(step)) await raiseLibraryVersion(tx, deps.config.wecom.corpId, deps.clock.now());
    const before = await findEdited(tx, reach, scriptId, true);
    if (before === null) throw scriptNotFound();
    if (!reviewing.has(step)) requireOwnScript(reach, before.script);
    // What guides have may be one store's while the draft is wider.
    if (step === 'submit' || step === 'publish') requireAudienceWithin(reach, before.content.audience, before.content.audience);
    await refuseStale(tx, before, revision);
    await carryOut(deps, tx, who, before, asked);
    const after = await findEdited(tx, reach, scriptId);
    return after && showEdited(deps, tx, who, after);
  });
  if (seenByGuides.has(step)) forgetScriptCatalogue(deps);
  return answer;
}

/** One step of a script that the caller has locked, with its entry in the log. Throws what the rules refuse. */
export async function carryOut(
  deps: Deps,
  tx: Queryable,
  who: Pick<Principal, 'staffUserId'>,
  before: EditedScript,
  { step, reason }: Omit<Asked, 'revision'>,
): Promise<void> {
  const { corpId } = deps.config.wecom;
  const now = deps.clock.now();
  const by = who.staffUserId;
  const { script, draft, content, standing } = before;
  const { scriptId } = script;
  const rules = await readScriptRules(tx);
  const decision = decideStep(standing, { step, by, fourEyes: needsFourEyes(rules.fourEyes, content.audience, by) });
  if ('refusal' in decision) throw refusalOf[decision.refusal]();
  if (mustBeReady.has(step)) {
    const findings = await findingsOf(tx, rules, content, now);
    if (hasErrors(findings)) throw notReady(findings);
  }
  const { next, publishes } = decision;
  if (publishes !== null && draft !== null) {
    const reviewerUserId = step === 'approve' ? by : null;
    await publishVersion(tx, {
      corpId,
      scriptId,
      version: publishes,
      content,
      authorUserId: draft.savedBy,
      reviewerUserId,
      createdAt: draft.createdAt,
      now,
    });
  }
  if (draft !== null && next.draft === null) await deleteDraft(tx, scriptId);
  else if (draft !== null)
    await setReview(
      tx,
      scriptId,
      next.draft?.inReview ?? false,
      step === 'reject' ? { by, at: now.toISOString(), reason: reason ?? '' } : step === 'submit' ? null : undefined,
    );
  if (decision.gone) await deleteScript(tx, scriptId);
  else
    await updateScript(tx, scriptId, {
      status: next.status,
      ...(step === 'retire' && { retiredAt: now }),
      revision: script.revision + 1,
      updatedAt: now,
      updatedBy: by,
    });
  const detail = {
    title: content.title,
    version: publishes ?? draft?.version ?? script.publishedVersion,
    ...(reason !== undefined && { reason }),
  };
  await writeAudit(tx, { corpId, who, action: `script.${step}`, subject: { kind: 'script', id: scriptId }, detail, at: now });
}

/** Makes an older version's content the draft, byte for byte; of a retired script also the one that guides had last, which brings it back. */
export async function restoreVersion(
  deps: Deps,
  who: Principal,
  scriptId: string,
  { revision, version }: { revision: number; version: number },
): Promise<EditedView> {
  requirePermission(who, 'scripts.write');
  const reach = reachOf(who);
  const { corpId } = deps.config.wecom;
  const now = deps.clock.now();
  return deps.db.transaction(async (tx) => {
    const before = await findEdited(tx, reach, scriptId, true);
    if (before === null) throw scriptNotFound();
    requireOwnScript(reach, before.script);
    await refuseStale(tx, before, revision);
    const stored = await findWholeVersion(tx, scriptId, version);
    if (stored === null) throw scriptNotFound();
    const content = contentOf(stored, stored.settings ?? settingsOf(before.script));
    requireAudienceWithin(reach, content.audience, null);
    await putDraft(tx, { corpId, by: who.staffUserId, now }, before, content, before.standing.retired);
    await writeAudit(tx, {
      corpId,
      who,
      action: 'script.restore',
      subject: { kind: 'script', id: scriptId },
      detail: { title: content.title, version },
      at: now,
    });
    const after = await findEdited(tx, reach, scriptId);
    if (after === null) throw scriptNotFound();
    return showEdited(deps, tx, who, after);
  });
}
