import { dayMs } from '../../../apps/server/src/corp-time.ts';
import { atHour, minutesAfter } from './days.ts';
import { between, lot } from './lots.ts';
import type { Person } from './person.ts';

/** How much somebody talks: conversations in 90 days, roughly. */
export function liveliness({ externalUserId, tags }: Person): number {
  if (tags.has('沉睡')) return 0;
  const drawn = lot(externalUserId, 'liveliness');
  return drawn < 0.16 ? 0 : drawn < 0.5 ? 2 : drawn < 0.82 ? 4 : 7;
}

function usualHours({ externalUserId, tags }: Person): [number, number] {
  if (tags.has('晚间在线')) return [19, 21];
  if (tags.has('上午在线')) return [9, 10];
  if (tags.has('午休在线')) return [12, 13];
  return lot(externalUserId, 'hours') < 0.5 ? [19, 21] : [10, 20];
}

/** A moment between two, at an hour at which she writes; null when there is no room for one. */
export function momentOf(person: Person, from: Date, to: Date, what: string): Date | null {
  const room = to.getTime() - from.getTime();
  if (room < dayMs) return null;
  const day = new Date(from.getTime() + lot(person.externalUserId, what, 'day') * room);
  const [first, last] = lot(person.externalUserId, what, 'usual') < 0.8 ? usualHours(person) : [10, 21];
  const at = atHour(
    day,
    between(lot(person.externalUserId, what, 'hour'), first, last),
    between(lot(person.externalUserId, what, 'minute'), 0, 59),
  );
  return at > from && minutesAfter(at, 60) < to ? at : null;
}
