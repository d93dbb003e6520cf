/** All open sidebars hear of a publishing at once; each asks at a moment of its own within this time. */
const spreadMs = 2_000;

/** Calls when the library may have changed: told by the server, over a stream that the browser opens again by itself. One question at a time. */
export function watchLibrary(onChange: () => Promise<void>): void {
  if (typeof EventSource === 'undefined') return;
  let waiting = false;
  const stream = new EventSource('/api/sidebar/library/changes');
  stream.addEventListener('library', () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      // Without an answer the kept library stays, and the next word of the server asks again.
      onChange().catch(() => undefined);
    }, Math.random() * spreadMs);
  });
}
