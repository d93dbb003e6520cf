import { jsonStore } from '../page-storage.ts';
import { uuidv7 } from '../uuid.ts';

/** As long as the server keeps a send for the page that sends it. */
const leaseMs = 45_000;
/** What the client may take over one part, and what the way to it may. */
const onePartMs = 20_000;

const clocks = () => [performance.now(), Date.now()] as const;

/**
 * This page, as the server knows it: of a guide's devices only one may send at a time. A reload is the same page, which is why the id lies in the storage of the tab.
 * `mayBegin` goes by two clocks, because one of them stands still while a device sleeps and the other may be set.
 */
export function sendHolder(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
  const kept = jsonStore<string | null>('nextline-page', null, storage);
  const holderId = kept.read() ?? uuidv7();
  kept.write(holderId);
  let claimed = clocks();
  return {
    holderId,
    /** Asked at this moment; what the server then grants begins later. */
    asks(): void {
      claimed = clocks();
    },
    /** Whether one more part is over before another page may send. */
    mayBegin: (): boolean => clocks().every((at, n) => Math.abs(at - (claimed[n] ?? 0)) < leaseMs - onePartMs),
  };
}
