import { dayMs, dayOf, instantOf, isoDayOf } from '../corp-time.ts';

const clockOf = (ms: number) => new Date(ms).toISOString().slice(11, 23);

/** `2026-06-12 00:00` as the corp's clocks show it; with seconds when there are any. */
export function writeMoment(instant: string | null, timeZone: string): string {
  if (instant === null) return '';
  const at = new Date(instant);
  const day = dayOf(at, timeZone);
  const clock = clockOf(at.getTime() - instantOf(day, 0, timeZone).getTime());
  const written = `${isoDayOf(day)} ${clock.replace(/(:00)?\.000$/, '')}`;
  // The hour that a clock change repeats, or makes the day shorter by.
  return readMoment(written, timeZone, 'begins') === at.toISOString() ? written : at.toISOString();
}

/**
 * What people write for a moment: a day with or without a time, ISO, or the number that a spreadsheet makes of a date. A day alone `begins` at its
 * midnight; where something `ends` on a day, that day is still in it. Null: nobody can tell.
 */
export function readMoment(cell: string, timeZone: string, meant: 'begins' | 'ends'): string | null {
  const text = cell.trim();
  if (/^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))) return new Date(text).toISOString();
  const serial = /^\d{5}(?:\.\d+)?$/.test(text) ? Number(text) : null;
  // Day 0 of a spreadsheet was 30 Dec 1899.
  if (serial !== null) return momentOf(Math.floor(serial) - 25_569, Math.round((serial % 1) * dayMs), timeZone, meant);
  const [, year, month, date, hours, minutes, seconds, ms] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?)?$/.exec(text) ?? [];
  if (year === undefined) return null;
  const day = Date.UTC(Number(year), Number(month) - 1, Number(date)) / dayMs;
  if (
    new Date(day * dayMs).getUTCDate() !== Number(date) ||
    Number(hours ?? 0) > 23 ||
    Number(minutes ?? 0) > 59 ||
    Number(seconds ?? 0) > 59
  )
    return null;
  if (hours === undefined) return momentOf(day, null, timeZone, meant);
  const clock = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds ?? 0) * 1000 + Number((ms ?? '0').padEnd(3, '0'));
  return momentOf(day, clock, timeZone, meant);
}

function momentOf(day: number, clock: number | null, timeZone: string, meant: 'begins' | 'ends'): string | null {
  const midnight = (of: number) => instantOf(of, 0, timeZone).getTime();
  // The same last moment as the editor's: every screen names the day that this lies in.
  const at = new Date(clock === null && meant === 'ends' ? midnight(day + 1) - 1 : midnight(day) + (clock ?? 0));
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
