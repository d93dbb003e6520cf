import { localTime } from '../day-words.ts';

export type DeferTime = { label: string; at: Date };

/** When a card can come back: 今晚 (while there is an evening left), 明早, 3 天后; on the shop's clock. */
export function deferTimes(now: Date, timeZone: string): DeferTime[] {
  const tonight = atHour(now, 0, 20, timeZone);
  const evening =
    now.getTime() < tonight.getTime() - 1_800_000
      ? [{ label: '今晚', at: tonight }]
      : [{ label: '明晚', at: atHour(now, 1, 20, timeZone) }];
  return [...evening, { label: '明早', at: atHour(now, 1, 10, timeZone) }, { label: '3 天后', at: atHour(now, 3, 10, timeZone) }];
}

/** The instant at which the clock in that zone shows `hour`:00, `days` after today. */
function atHour(now: Date, days: number, hour: number, timeZone: string): Date {
  const { year, month, day } = localTime(now, timeZone);
  const wanted = Date.UTC(year, month - 1, day + days, hour);
  const shown = localTime(new Date(wanted), timeZone);
  const offset = Date.UTC(shown.year, shown.month - 1, shown.day, Number(shown.hour), Number(shown.minute)) - wanted;
  return new Date(wanted - offset);
}
