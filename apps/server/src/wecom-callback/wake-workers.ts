import type { Worker } from '../keep-working.ts';

/** One take finds all that came meanwhile; an event with a welcome code does not wait for this. */
const atMostEveryMs = 100;

export type Waking = {
  onArrival(urgent: boolean): void;
  /** Somebody has taken as much as one takes at a time: another should look too. */
  onMore(): void;
};

/**
 * Whom an arrival wakes: the one that takes welcome codes when it brings one, and of the others one, at most ten times a second. To wake all at each
 * arrival meant five looks at everything that waits for each callback: under load, and most of all while WeCom is away and thousands wait, that was most
 * of what the inbox cost.
 */
export function createWaking({ urgent, others }: { urgent: Worker; others: readonly Worker[] }): Waking {
  let pausing = false;
  let missed = false;

  function wakeOne(): void {
    const resting = others.find((worker) => worker.isResting());
    // Nobody rests: whoever is looking just now may have looked a moment too early, and looks again.
    if (resting === undefined) for (const worker of others) worker.wake();
    else resting.wake();
  }

  function wakeSoon(): void {
    if (pausing) {
      missed = true;
      return;
    }
    pausing = true;
    missed = false;
    wakeOne();
    setTimeout(() => {
      pausing = false;
      if (missed) wakeSoon();
    }, atMostEveryMs).unref();
  }

  return {
    onArrival(isUrgent) {
      if (isUrgent) urgent.wake();
      wakeSoon();
    },
    onMore: wakeOne,
  };
}
