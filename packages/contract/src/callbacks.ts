import { z } from 'zod';
import { instant } from './wire.ts';

/** `waiting`: not applied yet, or being tried again. `kept`: nothing of ours depends on this kind of event. `dead`: given up, with the reason. */
export const callbackState = z.enum(['waiting', 'applied', 'kept', 'dead']);
export type CallbackState = z.infer<typeof callbackState>;

/** The identity of a callback: the SHA-256 of its text, in hex. */
export const callbackHash = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * A callback of WeCom's as it lies in the inbox. `lane`: whom it is about, `customer:<id>`, `staff:<id>`, `tag:*`. `name`: what that person is
 * called here, null when the store has nobody of that id. `failure`: why the last try failed.
 */
export const keptCallback = z.object({
  payloadHash: callbackHash,
  event: z.string(),
  changeType: z.string().nullable(),
  lane: z.string(),
  name: z.string().nullable(),
  state: callbackState,
  receivedAt: instant,
  nextAttemptAt: instant,
  settledAt: instant.nullable(),
  attempts: z.int(),
  failure: z.string().nullable(),
});
export type KeptCallback = z.infer<typeof keptCallback>;

/** `GET /api/admin/callbacks?state=&before=&limit=`: newest first. `before`: the `nextBefore` of the page above it. Permission `doctor.read`. */
export const callbackQuery = z.object({
  state: callbackState.default('dead'),
  before: z.string().max(128).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const callbackList = z.object({ callbacks: z.array(keptCallback), nextBefore: z.string().nullable() });
export type CallbackList = z.infer<typeof callbackList>;

/** `POST /api/admin/callbacks/replay`: all dead ones are put in line again. Permission `sync.run`. */
export const callbacksReplayed = z.object({ replayed: z.int() });
export type CallbacksReplayed = z.infer<typeof callbacksReplayed>;
