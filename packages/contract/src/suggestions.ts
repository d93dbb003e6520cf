import { z } from 'zod';
import { part, purpose } from './scripts.ts';
import { instant, opaqueId, uuid } from './wire.ts';

/** Why this one: a fact about her (`fact`), a measured difference (`measured`), or the plain admission that it is not measured (`unmeasured`). */
export const reason = z.object({ kind: z.enum(['fact', 'measured', 'unmeasured']), text: z.string() });
export type Reason = z.infer<typeof reason>;

/** What stops the send right now, in words, with the instant it ends. */
export const blocked = z.object({
  code: z.enum(['guard.cap', 'guard.quiet_hours', 'guard.opted_out']),
  headline: z.string(),
  rule: z.string(),
  endsAt: instant.nullable(),
  endsText: z.string().nullable(),
});
export type Blocked = z.infer<typeof blocked>;

export const suggestion = z.object({
  /** 1 is the first card. Slots beyond the shown ones are the stock for `换一个`. */
  slot: z.int32().min(1),
  scriptId: opaqueId,
  version: z.int32(),
  title: z.string(),
  purpose,
  /** The line above the message: `待办 · 使用回访`, `建议 · 新品上市`, `她 6月6日问过防晒，还没人回`. */
  meta: z.string(),
  /** `今天 18:00 前`, or null. */
  due: z.string().nullable(),
  taskId: uuid.nullable(),
  /** As written, with variables: the page fills them from `panel.variables`, as it does for the library. */
  parts: z.array(part),
  /** The script's own words for variables that have no value. */
  defaults: z.record(z.string(), z.string()),
  reason,
  blocked: blocked.nullable(),
  /** With which probability this script was put into this slot. 1 while the rule is deterministic; logged from the first day. */
  probability: z.number().min(0).max(1),
  score: z.number(),
});
export type Suggestion = z.infer<typeof suggestion>;

/** `proof` binds what was computed to this customer and staff member: `POST …/suggestion-lists` hands it back when the cards were really seen. */
export const suggestionList = z.object({ listId: uuid, computedAt: instant, cards: z.array(suggestion), proof: z.string() });
export type SuggestionList = z.infer<typeof suggestionList>;

/** POST /api/sidebar/customers/{externalUserId}/suggestion-lists: what was shown. Idempotent on `listId`. 204. */
export const reportShownBody = z.object({
  listId: uuid,
  computedAt: instant,
  cards: z.array(z.object({ slot: z.int32(), scriptId: opaqueId, version: z.int32(), probability: z.number(), score: z.number() })).max(20),
  proof: z.string(),
});
export type ReportShownBody = z.infer<typeof reportShownBody>;

/** POST /api/sidebar/customers/{externalUserId}/suggestion-lists/{listId}/outcomes: what became of a card. `sent` is written by the send itself. 204. */
export const reportCardOutcomeBody = z.object({
  slot: z.int32(),
  outcome: z.enum(['shown', 'replaced', 'edited', 'deferred']),
  at: instant,
});
export type ReportCardOutcomeBody = z.infer<typeof reportCardOutcomeBody>;
