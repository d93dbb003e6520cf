import { dayOf, daysBetween } from '../corp-days.ts';

/** From when until when a script may be sent, as the list tells it. Days are `2026-06-09`. */
export type Validity =
  | { kind: 'always' }
  | { kind: 'from'; from: string; notYet: boolean }
  | { kind: 'until'; until: string; daysLeft: number }
  | { kind: 'notYet'; from: string; until: string }
  | { kind: 'over'; until: string };

type Dates = { validFrom: string | null; validUntil: string | null };

/** `daysLeft` 0: today is the last day. */
export function validityOf({ validFrom, validUntil }: Dates, now: string, timeZone: string): Validity {
  const from = validFrom === null ? null : dayOf(validFrom, timeZone);
  const until = validUntil === null ? null : dayOf(validUntil, timeZone);
  const notYet = validFrom !== null && Date.parse(validFrom) > Date.parse(now);
  if (until !== null && validUntil !== null && Date.parse(validUntil) < Date.parse(now)) return { kind: 'over', until };
  if (from !== null && until !== null && notYet) return { kind: 'notYet', from, until };
  if (until !== null) return { kind: 'until', until, daysLeft: daysBetween(dayOf(now, timeZone), until) };
  return from === null ? { kind: 'always' } : { kind: 'from', from, notYet };
}

/** From here on the days that are left are an alarm, in amber. */
export const soonDays = 3;
