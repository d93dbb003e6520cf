import { onScopeDispose } from 'vue';

/** What the simulator's server announces while the page is open (`GET /_sim/events`). */
export type LiveKind = 'message' | 'follow' | 'call' | 'clock' | 'faults' | 'callback' | 'reset';

let source: EventSource | undefined;

/**
 * Calls `heard` whenever one of `kinds` is announced, and once after every reconnection, because what happened in between was missed.
 * Announcements are hints to read again: the page never builds its state from them.
 */
export function useLive(kinds: LiveKind[], heard: () => void): void {
  const live = (source ??= new EventSource('/_sim/events'));
  let opened = live.readyState === EventSource.OPEN;
  const reopened = (): void => {
    if (opened) heard();
    opened = true;
  };
  live.addEventListener('open', reopened);
  for (const kind of kinds) live.addEventListener(kind, heard);
  onScopeDispose(() => {
    live.removeEventListener('open', reopened);
    for (const kind of kinds) live.removeEventListener(kind, heard);
  });
}
