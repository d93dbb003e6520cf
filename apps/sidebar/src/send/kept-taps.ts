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
  unanswered?: { at: number; parts: readonly SendingPart[] } | undefined;
  /** The client refused a part at `at` (ms), after others had reached her: half a message. To the server that is the end of it; the guide may want the rest. */
  half?: { at: number; parts: readonly SendingPart[] } | undefined;
};

export type KeptTaps = {
  find: (sendId: string) => KeptTap | undefined;
  keep: (tap: KeptTap) => void;
  /** The newest of hers that the server has not answered or the client has cut in half, of the last day. */
  leftOver: (externalUserId: string, now: Date) => KeptTap | undefined;
  /** Nothing of it is left over any more: the server has answered, or the guide has let it go. */
  settled: (sendId: string) => void;
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
    leftOver(externalUserId, now) {
      const fresh = ({ unanswered, half }: KeptTap) => now.getTime() - ((unanswered ?? half)?.at ?? -Infinity) < offeredForMs;
      const hers = store.read().filter((tap) => tap.externalUserId === externalUserId && fresh(tap));
      return hers[hers.length - 1];
    },
    settled(sendId) {
      store.write(store.read().map((tap) => (tap.body.sendId === sendId ? { ...tap, unanswered: undefined, half: undefined } : tap)));
    },
    mark(sendId, sendingPart) {
      store.write(store.read().map((tap) => (tap.body.sendId === sendId ? { ...tap, sendingPart } : tap)));
    },
    forget: (sendId) => store.write(without(sendId)),
  };
}
