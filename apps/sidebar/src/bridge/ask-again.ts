/**
 * Runs `ask` now; asked again meanwhile, it runs once more afterwards, however often it was asked. Switching chats fires focus, pageshow and
 * visibilitychange together: one question at once and no waiting beats a debounce.
 */
export function oneAtATime(ask: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const run = async () => {
    running = true;
    do {
      again = false;
      await ask();
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else void run();
  };
}
