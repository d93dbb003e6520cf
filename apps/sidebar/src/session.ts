import { ref } from 'vue';

/** True from the first 401 on. The page then logs in again by itself, once nothing is being sent. */
export const sessionExpired = ref(false);

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
