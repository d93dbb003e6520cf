import type { SaveStageRuleBody, StageRuleContent } from '@nextline/contract';
import { isDeepStrictEqual } from 'node:util';
import { writeAudit } from '../audit/write-audit.ts';
import { corpTimeZone } from '../customers/corp-zone.ts';
import { settleList } from '../customers/settle-list.ts';
import { requestInvalid, tagNotFound } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { tagCatalogue } from '../tags/tag-catalogue.ts';
import { deleteRule, findRule, forgetMarks, lockPipeline, lockRules, placeRules, upsertRule } from './stage-board.store.ts';
import { ruleChanged, ruleNotFound, rulesChanged, stageNotFound } from './stage-refusals.ts';
import { countMovedBy, queueMovedBy, readRules } from './stage-rules.store.ts';

const mostRules = 100;
/** More than there ever are: whoever has the cause is looked at, at the next turns of the list. */
const everybody = 100_000_000;

const contentOf = ({ when, fromStageIds, toStageId, enabled }: StageRuleContent): StageRuleContent => ({
  when,
  fromStageIds,
  toStageId,
  enabled,
});

/** What a rule says already of stages and tags that are gone since, it may go on saying; to be switched off it need not be right at all. */
async function check(deps: Deps, rule: StageRuleContent, before: StageRuleContent | null, stageIds: readonly string[]): Promise<void> {
  if (before !== null && !rule.enabled && isDeepStrictEqual(contentOf(rule), { ...contentOf(before), enabled: false })) return;
  if (!stageIds.includes(rule.toStageId)) throw stageNotFound();
  if (rule.fromStageIds.some((id) => id !== 'none' && !stageIds.includes(id) && !before?.fromStageIds.includes(id))) throw stageNotFound();
  if (rule.fromStageIds.length === 1 && rule.fromStageIds[0] === rule.toStageId)
    throw requestInvalid([
      { path: 'body.toStageId', message: { 'zh-CN': '要去的阶段和现在的一样。', en: 'The stage to move to is the one it is in.' } },
    ]);
  if (rule.when.kind === 'tag' && !(await tagCatalogue(deps)).byId.has(rule.when.tagId)) throw tagNotFound();
}

/** How many customers this rule would move at once if it were saved now. */
export async function previewRule(deps: Deps, rule: StageRuleContent & { ruleId: string }): Promise<number> {
  await settleList(deps);
  const stored = await findRule(deps.db, rule.ruleId);
  // A rule that asks something else starts anew: what it has acted on before does not count.
  const marked = stored !== null && isDeepStrictEqual(stored.when, rule.when);
  const aim = marked ? rule : { ...rule, ruleId: '00000000-0000-0000-0000-000000000000' };
  return rule.enabled ? countMovedBy(deps.db, aim, { now: deps.clock.now(), timeZone: await corpTimeZone(deps) }) : 0;
}

/** Makes or changes a rule, and puts whoever has its cause already before it. Not over what somebody else has made of it since the page had it. */
export async function saveRule(deps: Deps, who: Principal, ruleId: string, { was, ...rule }: SaveStageRuleBody): Promise<void> {
  const { corpId } = deps.config.wecom;
  await settleList(deps);
  const timeZone = await corpTimeZone(deps);
  await deps.db.transaction(async (tx) => {
    const stages = await lockPipeline(tx);
    const before = await findRule(tx, ruleId);
    const stands = before && contentOf(before);
    if (was !== undefined && !isDeepStrictEqual(was && contentOf(was), stands)) throw ruleChanged(stands);
    await check(
      deps,
      rule,
      stands,
      stages.map((stage) => stage.stageId),
    );
    const rules = await readRules(tx);
    if (before === null && rules.length >= mostRules)
      throw requestInvalid([{ path: 'body', message: { 'zh-CN': `最多 ${mostRules} 条规则。`, en: `At most ${mostRules} rules.` } }]);
    const now = deps.clock.now();
    const { when, fromStageIds, toStageId, enabled } = rule;
    await upsertRule(tx, {
      corpId,
      ruleId,
      when,
      fromStageIds: [...new Set(fromStageIds)],
      toStageId,
      enabled,
      position: before?.position ?? rules.length,
      createdAt: before?.createdAt ?? now,
    });
    if (before !== null && !isDeepStrictEqual(before.when, when)) await forgetMarks(tx, ruleId);
    const looked = enabled ? await queueMovedBy(tx, { ruleId, when, fromStageIds, toStageId }, { now, timeZone }, everybody) : 0;
    await writeAudit(tx, {
      corpId,
      who,
      action: 'stage_rule.save',
      subject: { kind: 'stage_rule', id: ruleId },
      detail: {
        rule,
        before: stands,
        looked,
      },
      at: now,
    });
  });
}

/** Takes a rule away; whom it has moved stays where they are. */
export async function removeRule(deps: Deps, who: Principal, ruleId: string): Promise<void> {
  const { corpId } = deps.config.wecom;
  await deps.db.transaction(async (tx) => {
    if (!(await deleteRule(tx, ruleId))) throw ruleNotFound();
    await writeAudit(tx, { corpId, who, action: 'stage_rule.delete', subject: { kind: 'stage_rule', id: ruleId }, at: deps.clock.now() });
  });
}

export async function orderRules(deps: Deps, who: Principal, ruleIds: readonly string[]): Promise<void> {
  const { corpId } = deps.config.wecom;
  await deps.db.transaction(async (tx) => {
    const known = await lockRules(tx);
    if (new Set(ruleIds).size !== ruleIds.length || known.length !== ruleIds.length || known.some((id) => !ruleIds.includes(id)))
      throw rulesChanged();
    await placeRules(tx, ruleIds);
    await writeAudit(tx, {
      corpId,
      who,
      action: 'stage_rule.order',
      subject: { kind: 'stage_rule', id: '*' },
      detail: { ruleIds },
      at: deps.clock.now(),
    });
  });
}
