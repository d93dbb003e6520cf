/** Finer would only say the same more often. */
const tickMs = 50;

export type Turns = { unreadForMs(): number; stop(): void };

/**
 * How long something that this process looks at now may have lain unread. What arrives while a turn of the event loop is long waits for the next one,
 * and the first words of a new connection for the one after it; nothing else says when it came. So it is counted from three ticks ago.
 */
export function watchTurns(now: () => number = () => performance.now()): Turns {
  const began = now();
  let ticks: [number, number, number] = [began, began, began];
  const timer = setInterval(() => (ticks = [ticks[1], ticks[2], now()]), tickMs);
  timer.unref();
  return { unreadForMs: () => Math.max(0, now() - ticks[0] - ticks.length * tickMs), stop: () => clearInterval(timer) };
}
