import { z } from 'zod';
import { instant, opaqueId, typedText, uuid } from './wire.ts';

/** The body of `ww.sendChatMessage`, as the JS-SDK wants it. */
export const chatMessage = z.discriminatedUnion('msgtype', [
  z.object({ msgtype: z.literal('text'), text: z.object({ content: z.string() }) }),
  z.object({ msgtype: z.literal('image'), image: z.object({ mediaid: z.string() }) }),
  z.object({ msgtype: z.literal('video'), video: z.object({ mediaid: z.string() }) }),
  z.object({ msgtype: z.literal('file'), file: z.object({ mediaid: z.string() }) }),
  z.object({ msgtype: z.literal('news'), news: z.object({ link: z.string(), title: z.string(), desc: z.string(), imgUrl: z.string() }) }),
  z.object({
    msgtype: z.literal('miniprogram'),
    miniprogram: z.object({ appid: z.string(), title: z.string(), imgUrl: z.string(), page: z.string() }),
  }),
]);
export type ChatMessage = z.infer<typeof chatMessage>;

export const partState = z.enum(['waiting', 'sent', 'failed', 'cancelled']);
export type PartState = z.infer<typeof partState>;

export const sendPart = z.object({
  n: z.int32().min(1),
  label: z.string(),
  state: partState,
  message: chatMessage,
  errMsg: z.string().nullable(),
  settledAt: instant.nullable(),
});
export type SendPart = z.infer<typeof sendPart>;

/** Where the tap came from. */
export const sendSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('suggestion'), listId: uuid, slot: z.int32().min(1) }),
  z.object({ kind: z.literal('task'), taskId: uuid }),
  z.object({ kind: z.literal('library') }),
]);
export type SendSource = z.infer<typeof sendSource>;

/**
 * POST /api/sidebar/customers/{externalUserId}/sends: idempotent on `sendId` (UUIDv7 of the tap). Asking again returns the same send with
 * its parts' states, which is also how a send is resumed, for a day after its first part arrived; with another script it is refused. `edits` replace the text of a part; `fills` give values for variables that
 * could not be filled (keys without braces).
 */
export const startSendBody = z.object({
  sendId: uuid,
  scriptId: opaqueId,
  version: z.int32(),
  source: sendSource,
  edits: z
    .array(z.object({ n: z.int32().min(1), text: typedText(4000).min(1) }))
    .max(9)
    .default([]),
  fills: z.record(z.string().max(40), typedText(500)).default({}),
  /** The page that sends it. Only one at a time may: another is refused with `send.held` until `heldUntil`, which asking again puts off. */
  holderId: uuid.nullable().default(null),
});
export type StartSendBody = z.input<typeof startSendBody>;

export const send = z.object({
  sendId: uuid,
  externalUserId: opaqueId,
  scriptId: opaqueId,
  version: z.int32(),
  title: z.string(),
  startedAt: instant,
  /** open: some part waits; done: every part was sent; stopped: ended by a cancel, a failure or the guide, with parts not sent. */
  state: z.enum(['open', 'done', 'stopped']),
  parts: z.array(sendPart),
  /** The page that is sending it, or was until `heldUntil`. */
  holderId: uuid.nullable(),
  heldUntil: instant.nullable(),
});
export type Send = z.infer<typeof send>;

/** PUT /api/sidebar/customers/{externalUserId}/sends/{sendId}/parts/{n}: idempotent; `sent` is final and is never overwritten. → `send` */
export const reportPartBody = z.object({ state: z.enum(['sent', 'failed', 'cancelled']), errMsg: typedText(500).nullable(), at: instant });
export type ReportPartBody = z.infer<typeof reportPartBody>;

/** PUT /api/sidebar/customers/{externalUserId}/sends/{sendId}/stop: the guide ended it here. → `send` */
