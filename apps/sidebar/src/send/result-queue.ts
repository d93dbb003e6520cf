import type { ReportPartBody } from '@nextline/contract';
import { ref, type Ref } from 'vue';
import { ApiFailure } from '../api.ts';
import type { JsonStore } from '../page-storage.ts';

export type PartResult = { externalUserId: string; sendId: string; n: number; body: ReportPartBody };

type Needs = {
  store: JsonStore<PartResult[]>;
  report: (result: PartResult) => Promise<unknown>;
  /** Calls back after so many ms; returns how to call it off. */
  later: (ms: number, run: () => void) => () => void;
};

export type ResultQueue = {
  /** What has not reached the server yet, oldest first. */
  waiting: Readonly<Ref<readonly PartResult[]>>;
  /** Of one send, all that was ever seen here, told or not: an answer that is on its way may be older than what has been told since. */
  seen: (sendId: string) => readonly PartResult[];
  /** The send goes on: what did not go out is tried again. */
  takenUp: (sendId: string) => void;
  add: (result: PartResult) => void;
  /** Tries now: after start, and when the network is back. Resolves when the queue is empty or a try failed. */
  flush: () => Promise<void>;
};

/** How long to wait before the n-th new try: 1 s, 2 s, 4 s … at most a minute. */
export function backOffMs(tries: number): number {
  return Math.min(1000 * 2 ** Math.max(0, tries - 1), 60_000);
}

/** Adds a result. `sent` is final: what was once seen to arrive is never taken back. */
export function withResult(queue: readonly PartResult[], result: PartResult): PartResult[] {
  const same = (other: PartResult) => other.sendId === result.sendId && other.n === result.n;
  if (queue.some((other) => same(other) && other.body.state === 'sent')) return [...queue];
  return [...queue.filter((other) => !same(other)), result];
}

/** No answer, a busy server or an expired session: the result stays. Anything else will not get better by repeating. */
export function worthRetrying(error: unknown): boolean {
  if (!(error instanceof ApiFailure)) return true;
  return error.status === 0 || error.status === 401 || error.status === 408 || error.status === 429 || error.status >= 500;
}

/** Carries part results to the server, in order, through lost connections and reloads. */
export function resultQueue({ store, report, later }: Needs): ResultQueue {
  const waiting = ref<readonly PartResult[]>(store.read());
  let seen = waiting.value;
  let tries = 0;
  let flushing: Promise<void> | null = null;
  let callOff: (() => void) | null = null;

  const keep = (queue: PartResult[]) => {
    waiting.value = queue;
    store.write(queue);
  };

  async function drain(): Promise<void> {
    callOff?.();
    for (let result = waiting.value[0]; result; result = waiting.value[0]) {
      const reported = result;
      try {
        await report(reported);
      } catch (error) {
        if (worthRetrying(error)) {
          tries += 1;
          flushing = null;
          callOff = later(backOffMs(tries), () => void flush());
          return;
        }
      }
      tries = 0;
      keep(waiting.value.filter((other) => other !== reported));
    }
    // In the same breath as the last look at the queue: a result added from here on starts a flush of its own.
    flushing = null;
  }

  function flush(): Promise<void> {
    if (waiting.value.length === 0) return Promise.resolve();
    flushing ??= drain();
    return flushing;
  }

  return {
    waiting,
    seen: (sendId) => seen.filter((result) => result.sendId === sendId),
    takenUp(sendId) {
      seen = seen.filter((result) => result.sendId !== sendId || result.body.state === 'sent');
    },
    add(result) {
      seen = withResult(seen, result);
      keep(withResult(waiting.value, result));
      void flush();
    },
    flush,
  };
}
