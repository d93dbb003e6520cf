/** The page that sends. Two devices of one guide see the same open send; only one at a time may hand its parts to WeCom's client. */
export type Held = { holderId: string | null; heldUntil: Date | null };

/** Longer than the client may take over one part; a page renews before the next one when little of it is left. */
const leaseMs = 45_000;

export const nobody: Held = { holderId: null, heldUntil: null };

/** Until when somebody else sends; null when this page may. */
export function heldByAnother(send: Held, holderId: string | null, now: Date): Date | null {
  return send.heldUntil !== null && send.heldUntil > now && send.holderId !== holderId ? send.heldUntil : null;
}

/** A page that does not name itself holds nothing: it sends when nobody else does. */
export function heldBy(holderId: string | null, now: Date): Held {
  return holderId === null ? nobody : { holderId, heldUntil: new Date(now.getTime() + leaseMs) };
}
