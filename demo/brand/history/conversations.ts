import { heard, type Shelf, touch } from './contacts.ts';
import { atHour, daysAfter, daysBetween, minutesAfter } from './days.ts';
import { liveliness, momentOf } from './habits.ts';
import type { OrderRow, OutcomeRow, TouchRow } from './life.ts';
import { between, lot, pickWeighted } from './lots.ts';
import type { Person } from './person.ts';
import { questions } from './questions.ts';

export type Contacts = { outcomes: OutcomeRow[]; touches: TouchRow[] };

/** She asks, her guide answers within the hour. */
export function conversations(person: Person, shelf: Shelf, from: Date, until: Date): Contacts {
  const contacts: Contacts = { outcomes: [], touches: [] };
  const many = Math.round((liveliness(person) * Math.min(90, daysBetween(from, until))) / 90);
  const unasked: (typeof questions)[number][] = [...questions];
  for (let n = 0; n < many; n += 1) {
    const askedAt = momentOf(person, from, until, `conversation ${n}`);
    const question = pickWeighted(lot(person.externalUserId, 'question', n), unasked);
    unasked.splice(unasked.indexOf(question), 1);
    const { text, scriptId } = question;
    if (askedAt === null || !shelf.had(scriptId, askedAt)) continue;
    const answeredAt = minutesAfter(askedAt, between(lot(person.externalUserId, 'answer', n), 2, 45));
    contacts.outcomes.push(heard(person, 'reply', askedAt, text));
    contacts.touches.push(touch(person, shelf, scriptId, answeredAt));
    // What she says to an answer is no question: it is known that she wrote, not what.
    if (lot(person.externalUserId, 'thanks', n) < 0.5) contacts.outcomes.push(heard(person, 'reply', minutesAfter(answeredAt, 3), null));
  }
  return contacts;
}

/** Thanks for an order, how it goes after a week, how it goes after a month. */
export function afterOrders(person: Person, shelf: Shelf, orders: readonly OrderRow[], from: Date, until: Date): Contacts {
  const contacts: Contacts = { outcomes: [], touches: [] };
  const checks = [
    { scriptId: 'care.thanks-parcel', days: 0, chance: 0.3, reply: 0.3 },
    { scriptId: 'care.serum-week', days: 7, chance: 0.55, reply: 0.46 },
    { scriptId: 'care.month', days: 29, chance: 0.4, reply: 0.35 },
    { scriptId: 'care.before-empty', days: 62, chance: 0.4, reply: 0.3 },
  ];
  for (const { orderId, orderedAt } of orders)
    for (const { scriptId, days, chance, reply } of checks) {
      const sentAt = days === 0 ? minutesAfter(orderedAt, 40) : atHour(daysAfter(orderedAt, days), 11, 20);
      if (sentAt < from || minutesAfter(sentAt, 600) > until || lot(person.externalUserId, orderId, scriptId) >= chance) continue;
      contacts.touches.push(touch(person, shelf, scriptId, sentAt));
      if (lot(person.externalUserId, orderId, scriptId, 'reply') < reply)
        contacts.outcomes.push(heard(person, 'reply', minutesAfter(sentAt, between(lot(person.externalUserId, orderId), 8, 540)), null));
    }
  return contacts;
}
