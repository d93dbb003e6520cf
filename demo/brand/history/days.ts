import { dayMs, dayOf, hourMs, instantOf } from '../../../apps/server/src/corp-time.ts';

const timeZone = 'Asia/Shanghai';

/** `clock(3, '20:41')`: that time of the day, so many days of the corp's calendar ago. */
export type Clock = (daysAgo: number, time: string) => Date;

export function clockBefore(now: Date): Clock {
  const today = dayOf(now, timeZone);
  return (daysAgo, time) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return new Date(instantOf(today - daysAgo, hours, timeZone).getTime() + minutes * 60_000);
  };
}

export const minutesAfter = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * 60_000);
export const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * dayMs);
export const daysBetween = (from: Date, to: Date): number => Math.floor((to.getTime() - from.getTime()) / dayMs);

/** The same day of the corp's calendar, at this hour and minute of it. */
export function atHour(at: Date, hour: number, minute: number): Date {
  return new Date(instantOf(dayOf(at, timeZone), hour, timeZone).getTime() + minute * 60_000);
}

/** The next round time of today that leaves somebody half an hour; never later than today. */
export function dueToday(now: Date): Date {
  for (const hour of [18, 21]) {
    const due = atHour(now, hour, 0);
    if (due.getTime() - now.getTime() >= hourMs / 2) return due;
  }
  return atHour(now, 23, 59);
}
