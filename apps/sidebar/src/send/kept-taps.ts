import type { StartSendBody } from '@nextline/contract';
import type { JsonStore } from '../page-storage.ts';
import type { SendingPart } from './send-state.ts';

/** One tap, kept until the result of its last part is stored: the same id again means the same send, also after a reload. */
export type KeptTap = {
  externalUserId: string;
  title: string;
  body: StartSendBody;
  /** The part that was handed to WeCom's client and of which no result is known yet. */
  sendingPart: number | null;
  /**
   * The server was asked for it and has not answered yet, at `at` (ms): nothing was tried. `parts`: what she had of it by then. Nobody but this device
   * knows of it: to the server it never happened, or ended before.
   */
  unanswered?: { at: number; parts: readonly SendingPart[] };
};

export type KeptTaps = {
  find: (sendId: string) => KeptTap | undefined;
  keep: (tap: KeptTap) => void;
  /** The newest of hers that the server has not answered, of the last day. */
  unanswered: (externalUserId: string, now: Date) => KeptTap | undefined;
  answered: (sendId: string) => void;
  mark: (sendId: string, sendingPart: number | null) => void;
  forget: (sendId: string) => void;
};

const atMost = 50;
/** As long as the server lets a send be taken up. */
const offeredForMs = 24 * 3_600_000;

export function keptTaps(store: JsonStore<KeptTap[]>): KeptTaps {
  const without = (sendId: string) => store.read().filter((tap) => tap.body.sendId !== sendId);
  return {
    find: (sendId) => store.read().find((tap) => tap.body.sendId === sendId),
    keep: (tap) => store.write([...without(tap.body.sendId), tap].slice(-atMost)),
    unanswered(externalUserId, now) {
      const fresh = (tap: KeptTap) => tap.unanswered !== undefined && now.getTime() - tap.unanswered.at < offeredForMs;
      const hers = store.read().filter((tap) => tap.externalUserId === externalUserId && fresh(tap));
      return hers[hers.length - 1];
    },
    answered(sendId) {
      store.write(store.read().map(({ unanswered, ...tap }) => (unanswered && tap.body.sendId !== sendId ? { ...tap, unanswered } : tap)));
    },
    mark(sendId, sendingPart) {
      store.write(store.read().map((tap) => (tap.body.sendId === sendId ? { ...tap, sendingPart } : tap)));
    },
    forget: (sendId) => store.write(without(sendId)),
  };
}
