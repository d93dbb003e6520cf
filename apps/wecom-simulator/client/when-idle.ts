/** Runs when the page has nothing better to do, `ms` from now at the earliest. Answers how to call it off. */
export function whenIdle(run: () => void, ms: number): () => void {
  let idle = 0;
  const timer = setTimeout(() => {
    if (typeof requestIdleCallback === 'function') idle = requestIdleCallback(run, { timeout: 300 });
    else run();
  }, ms);
  return () => {
    clearTimeout(timer);
    if (idle !== 0) cancelIdleCallback(idle);
  };
}
