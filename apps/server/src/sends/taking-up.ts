import type { SendProgress } from './settle-part.ts';

/** Within it the same id means the same tap: its answer was lost, or the finger came down twice. */
const sameTapMs = 2 * 60_000;
/** Later than this the rest would reach her as something new, which nobody has counted. */
export const continuedForMs = 24 * 3_600_000;

/**
 * What taking up a send means. `repeat`: the same tap again, answered as before. `begin`: nothing has reached her, so it is asked about like a new
 * send. `go_on`: the rest of what she has begun to get. `too_late`: that was longer ago than a day.
 */
export type TakingUp = 'repeat' | 'begin' | 'go_on' | 'too_late';

export function takingUp(send: SendProgress & { startedAt: Date }, now: Date): TakingUp {
  const sentAt = send.parts.flatMap((part) => (part.state === 'sent' && part.settledAt !== null ? [Date.parse(part.settledAt)] : []));
  if (sentAt.length > 0 && now.getTime() - Math.min(...sentAt) > continuedForMs) return 'too_late';
  if (send.state === 'open' && now.getTime() - send.startedAt.getTime() < sameTapMs) return 'repeat';
  return sentAt.length > 0 ? 'go_on' : 'begin';
}

/** Nobody has gone on with it for a day: its page is gone, or it may not be gone on with any more. */
export function isForgotten(send: SendProgress & { startedAt: Date }, now: Date): boolean {
  if (send.state !== 'open' || now.getTime() - send.startedAt.getTime() <= continuedForMs) return false;
  return takingUp(send, now) !== 'go_on';
}
