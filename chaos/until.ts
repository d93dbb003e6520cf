import { setTimeout as pause } from 'node:timers/promises';

/** Asks until the answer is something; throws `what` after `ms`. */
export async function until<T>(ask: () => Promise<T | null | false>, ms: number, what: string, everyMs = 50): Promise<T> {
  for (const end = performance.now() + ms; ;) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`${what}: waited ${Math.round(ms / 1000)} s in vain`);
    await pause(everyMs);
  }
}
