import type { AdminBoot } from '@nextline/contract';
import { shallowRef } from 'vue';
import { failureOf } from '../api-failure.ts';
import { setBoot, useBoot } from '../boot.ts';
import { locale } from '../i18n/locale.ts';

/**
 * Set while the session is over: the dialog is open and calls wait for it. `other`: who signed in instead of the person whose page this is. `refused`: why
 * whoever did has no console any more.
 */
export const signInNeeded = shallowRef<{ other: string | null; refused?: string } | null>(null);

let waiting: { promise: Promise<void>; done: () => void } | null = null;

/** Resolves when the person of this page is signed in again. However many calls were refused, one dialog asks. */
export function signedInAgain(): Promise<void> {
  if (!waiting) {
    let goOn: (() => void) | undefined;
    const promise = new Promise<void>((resolve) => (goOn = resolve));
    waiting = { promise, done: () => goOn?.() };
    signInNeeded.value = { other: null };
  }
  return waiting.promise;
}

/** Asks who is signed in now; lets the waiting calls go on when it is the person of this page. Answers whether it was. */
export async function lookWhoSignedIn(): Promise<boolean> {
  const answer = await fetch('/api/admin/me', {
    credentials: 'same-origin',
    headers: { accept: 'application/json', 'x-language': locale.value },
  }).catch(() => null);
  if (!answer || !signInNeeded.value) return false;
  if (answer.status === 403) signInNeeded.value = { other: null, refused: failureOf(403, await answer.text()).message };
  if (!answer.ok) return false;
  const boot: AdminBoot = await answer.json();
  if (boot.staff.userId !== useBoot().staff.userId) {
    signInNeeded.value = { other: boot.staff.name };
    return false;
  }
  setBoot(boot);
  signInNeeded.value = null;
  waiting?.done();
  waiting = null;
  return true;
}

/** Where a window of its own signs in; it ends on a page that says it can be closed. */
export const signInAddress = `/auth/start?return_to=${encodeURIComponent('/admin/signed-in')}`;
