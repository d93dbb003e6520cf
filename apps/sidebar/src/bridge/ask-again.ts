/**
 * Runs `ask` as soon as whoever asks is done; asked again meanwhile, it runs once more afterwards, however often it was asked. Switching chats fires
 * focus, pageshow and visibilitychange in one breath, which is one question, and no waiting beats a debounce.
 */
export function oneAtATime(ask: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await ask();
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else {
      running = true;
      queueMicrotask(() => void run());
    }
  };
}
