import { type Clock, systemClock } from '../clock.ts';

/**
 * Measures time that passes, also while the process is stopped. Of a machine that slept (a suspended host, a virtual machine that was moved) only the clock on
 * the wall knows, so what shows more counts: no setting of the clock shortens it, and one that is set on costs at worst what was still ours.
 */
export function startStopwatch(wall: Clock = systemClock): { elapsedMs(): number } {
  const startedAt = performance.now();
  const startedOn = wall.now().getTime();
  return { elapsedMs: () => Math.max(performance.now() - startedAt, wall.now().getTime() - startedOn) };
}
