import { onScopeDispose, watch } from 'vue';

/** Waits before the n-th look: 3 s, then longer, at most half a minute. */
export function lookAgainMs(looks: number): number {
  return Math.min(3000 * 1.6 ** looks, 30_000);
}

/** While `waiting` holds and the page is in sight, looks again by itself: what was promised to appear appears. */
export function keepLooking(waiting: () => boolean, look: () => unknown): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looks = 0;
  const next = () => {
    timer = setTimeout(() => {
      if (document.visibilityState === 'visible') look();
      looks += 1;
      next();
    }, lookAgainMs(looks));
  };
  watch(
    waiting,
    (isWaiting) => {
      clearTimeout(timer);
      looks = 0;
      if (isWaiting) next();
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
}
