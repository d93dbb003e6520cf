/** How often a call that is safe to repeat is tried again after a passing failure. */
export const maxRetries = 3;

/** Milliseconds to wait before retry `n` (1, 2, 3 …): 200, 400, 800 doubled each time, spread over ±50 % so that clients do not march in step. */
export function backoffMs(retry: number, random: number): number {
  return Math.round(200 * 2 ** (retry - 1) * (0.5 + random));
}
