import type { TimelineEntry } from '@nextline/contract';
import { clockWords, dayWords, localTime } from '../../day-words.ts';

export type TimelineDay = { key: number; title: string; entries: { entry: TimelineEntry; clock: string }[] };

/** Entries, newest first, under the days of the shop's calendar. An entry that two pages hold is shown once. */
export function byDay(entries: readonly TimelineEntry[], now: Date, timeZone: string): TimelineDay[] {
  const days: TimelineDay[] = [];
  const seen = new Set<string>();
  for (const entry of entries) {
    if (seen.has(entry.entryId)) continue;
    seen.add(entry.entryId);
    const at = new Date(entry.at);
    const local = localTime(at, timeZone);
    let day = days[days.length - 1];
    if (day?.key !== local.dayNumber) {
      day = { key: local.dayNumber, title: dayTitle(at, now, timeZone), entries: [] };
      days.push(day);
    }
    day.entries.push({ entry, clock: clockWords(at, timeZone) });
  }
  return days;
}

/** `今天`, `昨天`, `6月6日 周六`, `2025年12月31日` */
function dayTitle(at: Date, now: Date, timeZone: string): string {
  const words = dayWords(at, now, timeZone);
  const then = localTime(at, timeZone);
  return words.startsWith(`${then.month}月`) ? `${words} ${then.weekday}` : words;
}
