import { readonly, shallowRef } from 'vue';

const offsetMs = shallowRef(0);
const current = shallowRef(new Date());

/** The server's time, as a value that moves every 20 s: for words like `3 天前`. A phone's own clock may be wrong. */
export const now = readonly(current);

/** The server's time at this moment. */
export function instantNow(): Date {
  return new Date(Date.now() + offsetMs.value);
}

/** Sets the clock by the server's and keeps it going. */
export function startClock(serverTime: string): void {
  offsetMs.value = Date.parse(serverTime) - Date.now();
  current.value = instantNow();
  setInterval(() => (current.value = instantNow()), 20_000);
}
