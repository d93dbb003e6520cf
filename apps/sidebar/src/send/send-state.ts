import type { Send, StartSendBody } from '@nextline/contract';
import type { ApiFailure } from '../api.ts';

/** `unknown`: the page was gone, or the client silent, while this part was on its way. Only the guide can tell. */
export type PartProgress = 'waiting' | 'sending' | 'sent' | 'failed' | 'cancelled' | 'unknown';
export type SendingPart = { n: number; label: string; state: PartProgress; errMsg: string | null };

export type SendPhase =
  /** Asking the server for the messages. */
  | 'starting'
  /** Parts go out one by one. */
  | 'running'
  /** 停在这里 was tapped while a part was on its way. */
  | 'stopping'
  /** Whether one part arrived is put before the guide. */
  | 'unclear'
  /** The server said no, or said nothing. Nothing went out. */
  | 'refused'
  /** Nothing happens by itself any more; `end` says how it ended. */
  | 'ended';

/** `elsewhere`: another page of this guide is sending it. */
export type SendEnd = 'done' | 'stopped' | 'cancelled' | 'failed' | 'chat_changed' | 'interrupted' | 'elsewhere';

export type Sending = {
  sendId: string;
  externalUserId: string;
  title: string;
  body: StartSendBody;
  phase: SendPhase;
  end: SendEnd | null;
  parts: readonly SendingPart[];
  refusal: Pick<ApiFailure, 'status' | 'code' | 'message' | 'details'> | null;
};

export type SendEvent =
  | { type: 'accepted'; send: Send }
  | { type: 'refused'; refusal: NonNullable<Sending['refusal']> }
  | { type: 'part_began'; n: number }
  | { type: 'part_sent'; n: number }
  | { type: 'part_failed'; n: number; errMsg: string }
  | { type: 'part_cancelled'; n: number }
  | { type: 'part_unclear'; n: number }
  | { type: 'answered'; n: number; sent: boolean }
  | { type: 'stop_tapped' }
  | { type: 'resume_tapped' }
  | { type: 'chat_changed' }
  | { type: 'client_silent' }
  | { type: 'held_elsewhere' };

/** The moment of the tap: nothing is known but the request. */
export function tapped(tap: Pick<Sending, 'sendId' | 'externalUserId' | 'title' | 'body'>): Sending {
  return { ...tap, phase: 'starting', end: null, parts: [], refusal: null };
}

/** The whole life of one send, from the tap to its end. An event that does not fit the phase changes nothing. */
export function progress(state: Sending, event: SendEvent): Sending {
  switch (event.type) {
    case 'accepted':
      if (state.phase !== 'starting') return state;
      return settle({
        ...state,
        phase: 'running',
        title: event.send.title,
        parts: event.send.parts.map((part) => merged(part, state.parts)),
      });
    case 'refused':
      return state.phase === 'starting' ? { ...state, phase: 'refused', refusal: event.refusal } : state;
    case 'part_began':
      return state.phase === 'running' ? withPart(state, event.n, { state: 'sending', errMsg: null }) : state;
    case 'part_sent':
      return settle(withPart(state, event.n, { state: 'sent', errMsg: null }));
    case 'part_failed':
      return { ...withPart(state, event.n, { state: 'failed', errMsg: event.errMsg }), phase: 'ended', end: 'failed' };
    case 'part_cancelled':
      return { ...withPart(state, event.n, { state: 'cancelled', errMsg: null }), phase: 'ended', end: 'cancelled' };
    case 'part_unclear':
      return { ...withPart(state, event.n, { state: 'unknown', errMsg: null }), phase: 'unclear', end: null };
    case 'answered':
      if (state.phase !== 'unclear') return state;
      return event.sent
        ? interrupted(withPart(state, event.n, { state: 'sent', errMsg: null }))
        : interrupted(withPart(state, event.n, { state: 'failed', errMsg: null }));
    case 'stop_tapped':
      if (state.phase !== 'running') return state;
      return state.parts.some((part) => part.state === 'sending')
        ? { ...state, phase: 'stopping' }
        : { ...state, phase: 'ended', end: 'stopped' };
    case 'resume_tapped':
      return resumable(state) ? { ...state, phase: 'starting', end: null, refusal: null } : state;
    case 'chat_changed':
      return state.phase === 'running' || state.phase === 'stopping' ? { ...state, phase: 'ended', end: 'chat_changed' } : state;
    case 'held_elsewhere':
      return { ...state, phase: 'ended', end: 'elsewhere' };
    case 'client_silent':
      return state.phase === 'running' || state.phase === 'stopping' ? { ...state, phase: 'ended', end: 'interrupted' } : state;
  }
}

/** The part to send now, or null when there is nothing to do. One at a time: a part on its way is waited for. */
export function nextPart(state: Sending): number | null {
  if (state.phase !== 'running' || state.parts.some((part) => part.state === 'sending')) return null;
  return state.parts.find((part) => part.state !== 'sent')?.n ?? null;
}

/** May the guide go on from where it ended? Not after a cancel: that is never asked again. */
export function resumable(state: Sending): boolean {
  if (state.phase === 'refused') return state.refusal?.status === 0 || (state.refusal?.status ?? 0) >= 500;
  return state.phase === 'ended' && state.end !== 'done' && state.end !== 'cancelled' && state.end !== 'elsewhere';
}

/**
 * Something is under way that a second tap, for this customer, must not double. A question about another customer's part is not: nothing is on its way any
 * more, and it is put again there.
 */
export function busy(state: Sending | null, externalUserId: string | null): boolean {
  if (state?.phase === 'unclear') return state.externalUserId === externalUserId;
  return state?.phase === 'starting' || state?.phase === 'running' || state?.phase === 'stopping';
}

/**
 * A send that was begun before this page was loaded. `onItsWay` is the part that this device was sending when it went away and of which
 * no result is kept. What another page was sending is left to it while it may, and then its next part may have arrived.
 */
export function found(
  send: Send,
  body: StartSendBody,
  onItsWay: number | null,
  { holderId, now }: { holderId: string; now: Date },
): Sending {
  const state: Sending = {
    sendId: send.sendId,
    externalUserId: send.externalUserId,
    title: send.title,
    body,
    phase: 'ended',
    end: 'interrupted',
    parts: send.parts.map(({ n, label, state, errMsg }) => ({ n, label, state, errMsg })),
    refusal: null,
  };
  const another = send.holderId !== null && send.holderId !== holderId;
  if (another && Date.parse(send.heldUntil ?? '') > now.getTime()) return progress(state, { type: 'held_elsewhere' });
  const lost = state.parts.find((part) => part.state === 'waiting' && (another || part.n === onItsWay));
  return lost ? progress(state, { type: 'part_unclear', n: lost.n }) : interrupted(state);
}

/** What we know beats what the server has not heard yet: a part that went out is never sent again. */
function merged(part: Send['parts'][number], known: readonly SendingPart[]): SendingPart {
  const mine = known.find(({ n }) => n === part.n);
  const state = mine?.state === 'sent' || part.state === 'sent' ? 'sent' : 'waiting';
  return { n: part.n, label: part.label, state, errMsg: null };
}

function withPart(state: Sending, n: number, change: Pick<SendingPart, 'state' | 'errMsg'>): Sending {
  return { ...state, parts: state.parts.map((part) => (part.n === n ? { ...part, ...change } : part)) };
}

function settle(state: Sending): Sending {
  if (state.parts.every((part) => part.state === 'sent')) return { ...state, phase: 'ended', end: 'done' };
  return state.phase === 'stopping' ? { ...state, phase: 'ended', end: 'stopped' } : state;
}

function interrupted(state: Sending): Sending {
  const settled = settle({ ...state, phase: 'running' });
  return settled.end === 'done' ? settled : { ...state, phase: 'ended', end: 'interrupted' };
}
