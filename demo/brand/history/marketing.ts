import type { Contacts } from './conversations.ts';
import { heard, type Shelf, touch } from './contacts.ts';
import { atHour, daysAfter, minutesAfter } from './days.ts';
import { between, lot, pickWeighted } from './lots.ts';
import type { Person } from './person.ts';

/** What guides recommend, and how often somebody answers. */
const offers = [
  { scriptId: 'launch.sample-pickup', weight: 12, reply: 0.38 },
  { scriptId: 'offers.set-choice', weight: 28, reply: 0.2 },
  { scriptId: 'offers.coupon', weight: 12, reply: 0.18 },
  { scriptId: 'offers.member-day', weight: 12, reply: 0.3 },
  { scriptId: 'launch.eye-cream-new', weight: 8, reply: 0.2 },
  { scriptId: 'launch.big-bottle', weight: 8, reply: 0.26 },
  { scriptId: 'launch.sunscreen-new', weight: 8, reply: 0.15 },
  { scriptId: 'launch.set-poster', weight: 7, reply: 0.1 },
  { scriptId: 'offers.gift-set', weight: 6, reply: 0.2 },
  { scriptId: 'member.bring-friend', weight: 5, reply: 0.1 },
  { scriptId: 'care.long-asleep', weight: 6, reply: 0.12 },
];

const weeks = 13;
/** Seen in a few chats: the week's three are used up. */
const cappedShare = 0.04;

/** At most one a week, so that no seven days hold more than two; and a few people who were told three things this week. */
export function marketing(person: Person, shelf: Shelf, now: Date, from: Date, until: Date): Contacts {
  const { externalUserId } = person;
  const contacts: Contacts = { outcomes: [], touches: [] };
  const sent = new Map<string, Date>();
  const send = (at: Date, what: string): void => {
    if (at <= from || minutesAfter(at, 300) >= until) return;
    const possible = offers.filter(({ scriptId }) => {
      const last = sent.get(scriptId);
      return shelf.had(scriptId, at) && (last === undefined || daysAfter(last, 30) <= at);
    });
    if (possible.length === 0) return;
    const { scriptId, reply } = pickWeighted(lot(externalUserId, what, 'offer'), possible);
    sent.set(scriptId, at);
    contacts.touches.push(touch(person, shelf, scriptId, at));
    if (lot(externalUserId, what, 'reply') < reply)
      contacts.outcomes.push(heard(person, 'reply', minutesAfter(at, between(lot(externalUserId, what, 'after'), 6, 290)), null));
  };
  const timeOf = (daysAgo: number, what: string): Date =>
    atHour(
      daysAfter(now, -daysAgo),
      between(lot(externalUserId, what, 'hour'), 10, 20),
      between(lot(externalUserId, what, 'minute'), 0, 59),
    );
  for (let week = weeks; week >= 1; week -= 1)
    if (lot(externalUserId, 'marketing', week) < 0.34)
      send(timeOf(week * 7 - between(lot(externalUserId, 'weekday', week), 0, 5), `week ${week}`), `week ${week}`);
  if (contacts.touches.every(({ touchedAt }) => touchedAt < daysAfter(now, -8)) && lot(externalUserId, 'capped') < cappedShare)
    for (const daysAgo of [5, 3, 1]) send(timeOf(daysAgo, `day ${daysAgo}`), `day ${daysAgo}`);
  return contacts;
}
