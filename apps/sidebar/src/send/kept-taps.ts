import type { StartSendBody } from '@nextline/contract';
import type { JsonStore } from '../page-storage.ts';

/** One tap, kept until the result of its last part is stored: the same id again means the same send, also after a reload. */
export type KeptTap = {
  externalUserId: string;
  title: string;
  body: StartSendBody;
  /** The part that was handed to WeCom's client and of which no result is known yet. */
  sendingPart: number | null;
};

export type KeptTaps = {
  find: (sendId: string) => KeptTap | undefined;
  keep: (tap: KeptTap) => void;
  mark: (sendId: string, sendingPart: number | null) => void;
  forget: (sendId: string) => void;
};

const atMost = 50;

export function keptTaps(store: JsonStore<KeptTap[]>): KeptTaps {
  const without = (sendId: string) => store.read().filter((tap) => tap.body.sendId !== sendId);
  return {
    find: (sendId) => store.read().find((tap) => tap.body.sendId === sendId),
    keep: (tap) => store.write([...without(tap.body.sendId), tap].slice(-atMost)),
    mark(sendId, sendingPart) {
      store.write(store.read().map((tap) => (tap.body.sendId === sendId ? { ...tap, sendingPart } : tap)));
    },
    forget: (sendId) => store.write(without(sendId)),
  };
}
