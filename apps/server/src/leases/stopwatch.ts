/** Measures time that passes, also while the process is stopped; no setting of the clock moves it. */
export function startStopwatch(): { elapsedMs(): number } {
  const startedAt = performance.now();
  return { elapsedMs: () => performance.now() - startedAt };
}
