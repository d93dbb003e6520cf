let expired = false;
let tell: () => void = () => undefined;

/** The server answered 401: this page's session is over. */
export function sessionHasExpired(): void {
  expired = true;
  tell();
}

/** Runs `run` at the first 401 from now on, at once if there was one already. One listener: the page, which logs in again between sends. */
export function whenSessionExpires(run: () => void): void {
  tell = run;
  if (expired) run();
}

const triedKey = 'nextline-login-again';
const oncePerMs = 60_000;

/**
 * Goes through the silent login and comes back to this page. Returns false, and stays, when that was tried within the last minute:
 * a login that does not stick would otherwise reload for ever.
 */
export function logInAgain(now: number, { force = false } = {}): boolean {
  const tried = Number(sessionStorage.getItem(triedKey) ?? 0);
  if (!force && now - tried < oncePerMs) return false;
  sessionStorage.setItem(triedKey, String(now));
  const here = location.pathname + location.search + location.hash;
  location.assign(`/auth/start?return_to=${encodeURIComponent(here)}`);
  return true;
}
