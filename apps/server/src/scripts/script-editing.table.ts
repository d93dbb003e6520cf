import type { ScriptBulkChange, ScriptContent, ScriptRules } from '@nextline/contract';
import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id, ids } from '../columns.ts';

export type Rejection = { by: string; at: string; reason: string };

/** The version that is being written. Gone when it is published or thrown away. */
export const scriptDrafts = pgTable(
  'script_drafts',
  {
    corpId: corpId(),
    scriptId: id('script_id').notNull(),
    /** The number it will be published under. */
    version: integer().notNull(),
    content: jsonb().$type<ScriptContent>().notNull(),
    titlePinyin: text('title_pinyin').notNull(),
    inReview: boolean('in_review').notNull().default(false),
    /** Everybody who changed a word of it: none of them passes it. */
    writers: ids('writers').notNull(),
    createdAt: at('created_at').notNull(),
    savedAt: at('saved_at').notNull(),
    savedBy: id('saved_by').notNull(),
    rejection: jsonb().$type<Rejection>(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.scriptId] })],
);

/** How a script was before a bulk change, and the revision it had after: whoever changed it since keeps their change. */
export type BulkBefore = {
  scriptId: string;
  revision: number;
  folderId: string;
  scope: 'company' | 'store' | 'personal';
  storeIds: string[];
  ownerUserId: string | null;
  status: 'draft' | 'review' | 'published' | 'retired';
  retiredAt: string | null;
  validFrom: string | null;
  validUntil: string | null;
  draft: ScriptContent | null;
};

export const scriptBulkChanges = pgTable(
  'script_bulk_changes',
  {
    corpId: corpId(),
    bulkId: uuid('bulk_id').notNull(),
    staffUserId: id('staff_user_id').notNull(),
    change: jsonb().$type<ScriptBulkChange>().notNull(),
    selected: integer().notNull(),
    before: jsonb().$type<BulkBefore[]>().notNull(),
    changedAt: at('changed_at').notNull(),
    undoUntil: at('undo_until').notNull(),
    undoneAt: at('undone_at'),
    /** How many went back. */
    undone: integer(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.bulkId] })],
);

/** One row when the corp decided something; without it the product's own rules hold. */
export const scriptRuleSets = pgTable(
  'script_rule_sets',
  {
    corpId: corpId(),
    fourEyes: boolean('four_eyes').notNull(),
    forbiddenWords: jsonb('forbidden_words').$type<ScriptRules['forbiddenWords']>().notNull(),
    changedAt: at('changed_at').notNull(),
    changedBy: id('changed_by').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId] })],
);

/** A missing script was written, or is not wanted: only who asks later brings it back. */
export const missingScriptSettlements = pgTable(
  'missing_script_settlements',
  {
    corpId: corpId(),
    /** The query in the form in which queries are counted together. */
    query: id().notNull(),
    scriptId: id('script_id'),
    settledAt: at('settled_at').notNull(),
    settledBy: id('settled_by').notNull(),
  },
  (t) => [primaryKey({ columns: [t.corpId, t.query] })],
);
