import { computed, ref } from 'vue';
import { useBoot } from './boot.ts';

const ticked = ref(Date.now());
let ahead = 0;

/** The computer's clock may be wrong; the server's time came with the page. Called once, before the console is mounted. */
export function startClock(serverTime: string): void {
  ahead = Date.parse(serverTime) - Date.now();
  setInterval(() => (ticked.value = Date.now()), 30_000);
}

/** The server's time, renewed every half minute: for what says how long ago something was. */
export const now = computed(() => new Date(ticked.value + ahead));

/** A day and a time as the corp's clock shows them, whatever the computer's time zone. */
export function inCorpTime(at: string | Date, options: Intl.DateTimeFormatOptions, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: useBoot().timeZone, ...options }).format(typeof at === 'string' ? new Date(at) : at);
}
