import { z } from 'zod';

/**
 * Every answer that is not 2xx. `code` is `<noun>.<what>` and stable; `message` is one sentence a person can act on, in zh-CN or in
 * what `x-language` asked for;
 * `details` holds what a screen needs to draw the refusal (the rule and when it ends, the variables that are missing …).
 */
export const apiError = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
});
export type ApiError = z.infer<typeof apiError>;

/**
 * The codes the sidebar reacts to by name. Others are shown as their sentence.
 *
 * | code | status | details |
 * |---|---|---|
 * | session.required | 401 | |
 * | session.forbidden | 403 | |
 * | request.invalid | 400 | issues: [{path, message}] |
 * | customer.not_found | 404 | |
 * | customer.not_followed | 403 | |
 * | script.not_found / script.retired | 404 / 410 | |
 * | script.changed | 409 | version |
 * | send.not_found / task.not_found / stage.not_found / note.not_found | 404 | |
 * | send.too_old / send.other_script | 409 | |
 * | task.done | 409 | |
 * | variable.unresolved | 422 | variables: string[] |
 * | guard.cap | 409 | cap, windowDays, count, endsAt |
 * | guard.quiet_hours | 409 | endsAt |
 * | guard.opted_out | 409 | since |
 * | write.not_found / write.overtaken | 404 / 409 | |
 * | tag.not_found / tag.rejected | 404 / 409 | reason |
 * | media.unavailable | 503 | title |
 * | media.not_found | 404 | |
 * | suggestion.unproven | 403 | |
 * | person.not_found / store.not_found | 404 | |
 * | person.last_admin | 409 | |
 * | store.in_use / store.exists | 409 | |
 * | wecom.unavailable | 503 | |
 */
export type ErrorCode = string;
