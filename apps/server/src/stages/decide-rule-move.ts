import type { StageRuleWhen } from '@nextline/contract';
import { dayOf } from '../corp-time.ts';

export type Rule = { ruleId: string; when: StageRuleWhen; fromStageIds: readonly string[]; toStageId: string };
export type RuleFacts = {
  stageId: string | null;
  /** Of all living relations. */
  tagIds: ReadonlySet<string>;
  newestOrderId: string | null;
  /** When she last gave a sign of life. Of whom none is known, since an administrator assigned her: when her newest relation began. Null: she has none. */
  lastEngagedAt: Date | null;
  stageEnteredAt: Date | null;
  alive: boolean;
  /** rule id → the cause on which it has acted. */
  marks: ReadonlyMap<string, string>;
};
export type RuleDecision = {
  move: { toStageId: string; ruleId: string } | null;
  /** Causes that are settled now, whether they moved her or not. */
  marks: { ruleId: string; cause: string }[];
  /** Rules whose cause is gone: the same tag, given again, is a new cause. */
  unmark: string[];
};

/** Days are those of the corp's calendar, as in the filter over silence and in the scripts that wake somebody. */
export type Today = { now: Date; timeZone: string };

/** What there is for this rule to act on; null: nothing. The same cause has the same name, however often it is looked at. */
export function causeOf(when: StageRuleWhen, facts: RuleFacts, { now, timeZone }: Today): string | null {
  switch (when.kind) {
    case 'tag':
      return facts.tagIds.has(when.tagId) ? when.tagId : null;
    case 'order':
      return facts.newestOrderId;
    case 'silence':
      if (facts.lastEngagedAt === null || !facts.alive) return null;
      // Whoever was put into a stage today gets the days there, too.
      return [facts.lastEngagedAt, facts.stageEnteredAt].every(
        (at) => at === null || dayOf(now, timeZone) - dayOf(at, timeZone) >= when.days,
      )
        ? facts.lastEngagedAt.toISOString()
        : null;
  }
}

const applies = (rule: Rule, stageId: string | null) => rule.fromStageIds.length === 0 || rule.fromStageIds.includes(stageId ?? 'none');

/**
 * What the rules, in their order, make of a customer as she is now. The first whose cause is new and who takes her from where she is moves her; the causes of the
 * others are settled with it. A cause that was settled does nothing again, so looking twice is harmless and a move by hand afterwards stays.
 */
export function decideRuleMove(rules: readonly Rule[], facts: RuleFacts, today: Today): RuleDecision {
  const decision: RuleDecision = { move: null, marks: [], unmark: [] };
  for (const rule of rules) {
    const cause = causeOf(rule.when, facts, today);
    const settled = facts.marks.get(rule.ruleId);
    if (cause === null) {
      if (settled !== undefined && rule.when.kind === 'tag') decision.unmark.push(rule.ruleId);
      continue;
    }
    if (cause === settled) continue;
    const takesHer = applies(rule, facts.stageId);
    // A tag or an order is over in its moment, wherever it found her; silence goes on and may find her in a stage of the rule later.
    if (takesHer || rule.when.kind !== 'silence') decision.marks.push({ ruleId: rule.ruleId, cause });
    if (takesHer && decision.move === null && rule.toStageId !== facts.stageId)
      decision.move = { toStageId: rule.toStageId, ruleId: rule.ruleId };
  }
  return decision;
}
