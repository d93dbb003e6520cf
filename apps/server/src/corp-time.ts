/** Days and hours as the corp's staff count them. Instants stay instants; the zone is applied only here. */

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

type Zone = { formatter: Intl.DateTimeFormat; offsets: Map<number, number> };
const zones = new Map<string, Zone>();
// No zone changes its offset anywhere but on a quarter of an hour, so one answer holds for the whole quarter. Intl takes 5 µs, the map 0.05.
const quarterMs = 900_000;
const keptQuarters = 20_000;

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known) return known;
  const zone = { formatter: new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }), offsets: new Map() };
  zones.set(timeZone, zone);
  return zone;
}

function offsetMs(ms: number, timeZone: string): number {
  const { formatter, offsets } = zoneOf(timeZone);
  const quarter = Math.floor(ms / quarterMs);
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  const name = formatter.formatToParts(ms).find((part) => part.type === 'timeZoneName')?.value;
  const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(name ?? '') ?? [];
  const offset = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * hourMs + Number(minutes ?? 0) * 60_000);
  if (offsets.size >= keptQuarters) offsets.clear();
  offsets.set(quarter, offset);
  return offset;
}

const local = (at: Date, timeZone: string) => at.getTime() + offsetMs(at.getTime(), timeZone);

/** Days since the epoch, in the zone. */
export const dayOf = (at: Date, timeZone: string): number => Math.floor(local(at, timeZone) / dayMs);

/** 0–23, in the zone. */
export const hourOf = (at: Date, timeZone: string): number => Math.floor((local(at, timeZone) % dayMs) / hourMs);

/** `2026-06-09` of a day that `dayOf` counted. */
export const isoDayOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The instant at which the zone's clocks first show this hour of this day; where it is skipped, the moment at which they have gone past it. */
export function instantOf(day: number, hour: number, timeZone: string): Date {
  const wanted = day * dayMs + hour * hourMs;
  // On either side of a change that may lie between them: no zone is further from Greenwich, and none changes twice in two days.
  const before = wanted - offsetMs(wanted - 26 * hourMs, timeZone);
  const after = wanted - offsetMs(wanted + 26 * hourMs, timeZone);
  const shown = [Math.min(before, after), Math.max(before, after)].find((at) => at + offsetMs(at, timeZone) === wanted);
  return new Date(shown ?? before);
}

const weekdays = ['周四', '周五', '周六', '周日', '周一', '周二', '周三'];

/** `今天`, `昨天`, `明天`, else `6月9日`, with the year when it is another one. */
export function spokenDay(at: Date, now: Date, timeZone: string): string {
  const day = dayOf(at, timeZone);
  const distance = day - dayOf(now, timeZone);
  if (distance === 0) return '今天';
  if (distance === -1) return '昨天';
  if (distance === 1) return '明天';
  const [year, month, date] = isoDayOf(day).split('-').map(Number);
  const thisYear = Number(isoDayOf(dayOf(now, timeZone)).slice(0, 4));
  return `${year === thisYear ? '' : `${year}年`}${month}月${date}日`;
}

/** `09:00`, in the zone. */
export const clockTime = (at: Date, timeZone: string): string => new Date(local(at, timeZone)).toISOString().slice(11, 16);

/** `6月11日 周四 09:00`; today and tomorrow by those names. */
export function spokenMoment(at: Date, now: Date, timeZone: string): string {
  const day = spokenDay(at, now, timeZone);
  const weekday = day.endsWith('日') ? ` ${weekdays[dayOf(at, timeZone) % 7]}` : '';
  return `${day}${weekday} ${clockTime(at, timeZone)}`;
}

/** 1–12, in the zone. */
export const monthOf = (at: Date, timeZone: string): number => new Date(local(at, timeZone)).getUTCMonth() + 1;

/** When this month began in the zone, and when the next one begins. */
export function monthStarts(now: Date, timeZone: string): [Date, Date] {
  const today = new Date(local(now, timeZone));
  const firstDay = (months: number) => Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + months, 1) / dayMs;
  return [instantOf(firstDay(0), 0, timeZone), instantOf(firstDay(1), 0, timeZone)];
}
