import { afterOrders, conversations, type Contacts } from './conversations.ts';
import { heard, type Shelf } from './contacts.ts';
import { daysAfter } from './days.ts';
import { customFieldsOf, notesOf } from './facts.ts';
import { firstCustomer, isFirstCustomer } from './first-customer.ts';
import { liveliness, momentOf } from './habits.ts';
import type { Life } from './life.ts';
import { between, lot } from './lots.ts';
import { marketing } from './marketing.ts';
import { withOpenQuestion } from './open-question.ts';
import { ordersOf, outcomeOfOrder } from './orders.ts';
import type { Person } from './person.ts';
import { stagePath } from './stage-path.ts';
import { tasksOf } from './tasks.ts';

/** The ledgers hold this much. */
const rememberedDays = 90;
const optOutShare = 0.015;

/** She looked at the mini-program: a sign of life that nobody had to write. */
function visits(person: Person, from: Date, until: Date): Contacts {
  const many = between(lot(person.externalUserId, 'visits'), 0, liveliness(person));
  const outcomes = Array.from({ length: many }, (_, n) => momentOf(person, from, until, `visit ${n}`)).flatMap((at) =>
    at === null ? [] : [heard(person, 'visit', at, '在小程序看了看')],
  );
  return { outcomes, touches: [] };
}

/** The same thing at the same moment happened once. */
const together = (...all: Contacts[]): Contacts => ({
  outcomes: [...new Map(all.flatMap(({ outcomes }) => outcomes.map((outcome) => [outcome.outcomeId, outcome]))).values()],
  touches: [...new Map(all.flatMap(({ touches }) => touches.map((touch) => [touch.touchId, touch]))).values()],
});

/** Makes up what happened with one customer until now; the same for the same customer and day. */
export function lifeOf(person: Person, shelf: Shelf, now: Date): Life {
  if (isFirstCustomer(person)) return firstCustomer(person, shelf, now);
  const until = person.endedAt ?? now;
  const from = new Date(Math.max(person.followedAt.getTime(), daysAfter(now, -rememberedDays).getTime()));
  const orders = ordersOf(person, until);
  const optedOutAt = person.endedAt === null && lot(person.externalUserId, 'opted out') < optOutShare ? daysAfter(now, -9) : null;
  const contacts = withOpenQuestion(
    person,
    together(
      conversations(person, shelf, from, until),
      afterOrders(person, shelf, orders, from, until),
      marketing(person, shelf, now, from, optedOutAt ?? until),
      visits(person, from, until),
    ),
    now,
  );
  const outcomes = [...contacts.outcomes, ...orders.map((order) => outcomeOfOrder(person, order))];
  return {
    orders,
    outcomes,
    touches: contacts.touches,
    ...stagePath(person, { orders, outcomes }, now),
    notes: notesOf(person, now),
    tasks: tasksOf(person, orders, now),
    customFields: customFieldsOf(person, orders),
    optedOutAt: optedOutAt !== null && optedOutAt > person.followedAt ? optedOutAt : null,
  };
}
