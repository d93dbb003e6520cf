import { useBoot } from '../../boot.ts';
import { now } from '../../clock.ts';
import { locale } from '../../i18n/locale.ts';
import { dateOf, dayOf } from './corp-days.ts';

/** `6月11日`, with the year when it is not this one. `day` as `2026-06-11`. */
export function dayLabel(day: string): string {
  const { year } = dateOf(day);
  const thisYear = dateOf(dayOf(now.value.toISOString(), useBoot().timeZone)).year;
  return new Intl.DateTimeFormat(locale.value, {
    timeZone: 'UTC',
    month: 'short',
    day: 'numeric',
    ...(year === thisYear ? {} : { year: 'numeric' as const }),
  }).format(new Date(`${day}T00:00:00Z`));
}

/** The day of an instant in the corp's zone, as `dayLabel` says it. */
export const instantDayLabel = (instant: string): string => dayLabel(dayOf(instant, useBoot().timeZone));
