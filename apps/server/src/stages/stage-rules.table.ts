import type { StageRuleWhen } from '@nextline/contract';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id, ids } from '../columns.ts';

export const stageRules = pgTable(
  'stage_rules',
  {
    corpId: corpId(),
    ruleId: uuid('rule_id').notNull(),
    when: jsonb('when_what').$type<StageRuleWhen>().notNull(),
    /** Empty: from wherever she is. */
    fromStageIds: ids('from_stage_ids').notNull(),
    toStageId: id('to_stage_id').notNull(),
    position: integer().notNull(),
    enabled: boolean().notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.ruleId] })],
);

/** What a rule has already acted on for a customer: the same cause moves her once, so a move by hand afterwards stays. */
export const stageRuleMarks = pgTable(
  'stage_rule_marks',
  {
    corpId: corpId(),
    externalUserId: id('external_user_id').notNull(),
    ruleId: uuid('rule_id').notNull(),
    cause: text().notNull(),
    markedAt: at('marked_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.externalUserId, t.ruleId] }), index('stage_rule_marks_by_rule').on(t.corpId, t.ruleId)],
);
