import type { Purpose } from '@nextline/contract';
import type { StoredPart } from './sends.table.ts';

export type SendProgress = { purpose: Purpose; state: 'open' | 'done' | 'stopped'; parts: StoredPart[] };
export type PartReport = { n: number; state: 'sent' | 'failed' | 'cancelled'; errMsg: string | null; at: Date };

export type Settled = {
  state: SendProgress['state'];
  parts: StoredPart[];
  /** The first part that reached her: the moment of the touch. */
  firstSentAt: Date | null;
};

const anySent = (parts: StoredPart[]) => parts.some((part) => part.state === 'sent');

/** A marketing send holds a place under the cap while it is open and nothing has reached her; then the touch itself counts. */
export const holdsReservation = (send: SendProgress) => send.purpose === 'marketing' && send.state === 'open' && !anySent(send.parts);

/** What a report makes of a send; null when it changes nothing: an unknown part, or one that was sent already, which is final. */
export function settlePart(send: SendProgress, report: PartReport): Settled | null {
  const before = send.parts.find((part) => part.n === report.n);
  if (before === undefined || before.state === 'sent') return null;
  const parts = send.parts.map((part) =>
    part.n === report.n ? { ...part, state: report.state, errMsg: report.errMsg, settledAt: report.at.toISOString() } : part,
  );
  const states = new Set(parts.map((part) => part.state));
  const over = report.state !== 'sent' || states.has('failed') || states.has('cancelled');
  return {
    parts,
    state: states.size === 1 && states.has('sent') ? 'done' : over ? 'stopped' : 'open',
    firstSentAt: report.state === 'sent' && !anySent(send.parts) ? report.at : null,
  };
}
