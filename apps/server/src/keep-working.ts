import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';

export type Worker = {
  /** Works now instead of at the next turn. */
  wake(): void;
  /** Whether it waits for its next turn and nobody has woken it yet. */
  isResting(): boolean;
  /** Begins nothing new and waits for what is under way. */
  stop(): Promise<void>;
};

type Work = {
  name: string;
  everyMs: number;
  /** Answers how much was done: after something there is no pause. */
  work: (signal: AbortSignal) => Promise<number>;
  log: FastifyBaseLogger;
};

/** Does the same piece of work again and again, one at a time. A failure is logged and the next turn comes all the same. */
export function keepWorking({ name, everyMs, work, log }: Work): Worker {
  const stopping = new AbortController();
  let resting = new AbortController();
  let woken = false;
  let isResting = false;
  const run = async () => {
    while (!stopping.signal.aborted) {
      woken = false;
      const done = await work(stopping.signal).catch((error: unknown) => {
        log.error({ err: error, work: name }, 'a piece of background work failed');
        return 0;
      });
      if (done > 0 || woken) continue;
      resting = new AbortController();
      isResting = true;
      await pause(everyMs, undefined, { signal: AbortSignal.any([resting.signal, stopping.signal]) }).catch(() => undefined);
      isResting = false;
    }
  };
  const ended = run();
  return {
    wake() {
      woken = true;
      isResting = false;
      resting.abort();
    },
    isResting: () => isResting,
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
