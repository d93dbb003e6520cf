import { z } from 'zod';
import { customer, follow } from './customers.ts';
import { send } from './sends.ts';
import { stage } from './stages.ts';
import { blocked, suggestionList } from './suggestions.ts';
import { task } from './tasks.ts';
import { instant, opaqueId } from './wire.ts';

/** 往来线: 28 local days, oldest first, today last. Heights 0–3: up = the customer acted, down = we touched. */
export const pulse = z.object({
  firstDay: z.iso.date(),
  customer: z.array(z.number().int().min(0).max(3)).length(28),
  us: z.array(z.number().int().min(0).max(3)).length(28),
});
export type Pulse = z.infer<typeof pulse>;

/**
 * GET /api/sidebar/customers/{externalUserId}: everything the panel needs, in one answer. 404 `customer.not_found` when this staff member neither
 * follows this customer nor manages the store that does; the same for an id that does not exist.
 */
export const panel = z.object({
  customer,
  follow,
  /** Names for `follow.tagIds`, in the order to show them. */
  tags: z.array(z.object({ tagId: opaqueId, name: z.string() })),
  stages: z.array(stage),
  relation: z.object({
    lastEngagedAt: instant.nullable(),
    /** `多在晚上回`: when she usually answers; null with too few answers to say. */
    replyHours: z.string().nullable(),
    marketing: z.object({
      count: z.number().int(),
      cap: z.number().int(),
      windowDays: z.number().int(),
      nextAllowedAt: instant.nullable(),
      blocked: blocked.nullable(),
    }),
    lastTouch: z.object({ at: instant, title: z.string(), purpose: z.enum(['service', 'marketing']) }).nullable(),
  }),
  pulse,
  /** When this customer was last sent a script, by script id: `✓ 已发 6月2日`. */
  sentScripts: z.record(z.string(), instant),
  /** Values by variable name, without braces. A name that is missing here could not be filled. */
  variables: z.record(z.string(), z.string()),
  /** For the variables that could not be filled: why, and what to offer. */
  gaps: z.array(z.object({ variable: z.string(), why: z.string(), choices: z.array(z.string()) })),
  suggestions: suggestionList,
  tasks: z.array(task),
  /** This guide's open tasks over all customers: the number beside 待办. */
  openTaskCount: z.number().int(),
  /** Sends to this customer that were begun and not settled: to be resumed or stopped. */
  openSends: z.array(send),
  /** False once the relation has ended: the guide may read what was, not send. */
  active: z.boolean(),
  /** When our store last heard of this customer from WeCom, and whether WeCom can be reached now. */
  freshness: z.object({ syncedAt: instant, wecomReachable: z.boolean() }),
});
export type Panel = z.infer<typeof panel>;
