import { atHour, daysAfter, daysBetween } from './days.ts';
import { goods, priceOf } from './goods.ts';
import type { OrderRow, OutcomeRow } from './life.ts';
import { between, lot, pickWeighted, uuidFor } from './lots.ts';
import type { Person } from './person.ts';

/** How long ago she bought last: fresh orders matter most, so the demo has many. */
const recency = [
  { from: 1, to: 14, weight: 32 },
  { from: 15, to: 45, weight: 28 },
  { from: 46, to: 90, weight: 24 },
  { from: 91, to: 300, weight: 16 },
];

function howMany({ externalUserId, tags }: Person): number {
  const drawn = lot(externalUserId, 'orders');
  if (tags.has('复购')) return between(drawn, 2, 5);
  if (tags.has('高客单')) return between(drawn, 1, 4);
  if (tags.has('首单')) return 1;
  return drawn < 0.66 ? 0 : drawn < 0.88 ? 1 : 2;
}

export function orderOf(person: Person, orderedAt: Date, names: readonly string[]): OrderRow {
  const items = names.map((name) => ({ name, quantity: 1 }));
  const orderId = `SH${orderedAt.toISOString().slice(0, 10).replaceAll('-', '')}${uuidFor(person.externalUserId, orderedAt.getTime()).slice(0, 6)}`;
  return { orderId, items, amount: names.reduce((sum, name) => sum + priceOf(name), 0), storeId: person.storeId, orderedAt };
}

/** What the timeline says of an order. */
export function outcomeOfOrder(person: Person, order: OrderRow): OutcomeRow {
  const what = order.items.map(({ name }) => name).join('、');
  return {
    outcomeId: uuidFor(person.externalUserId, order.orderId),
    kind: 'order',
    staffUserId: person.staffUserId,
    summary: `${what} ¥${order.amount / 100}`,
    occurredAt: order.orderedAt,
  };
}

/** All her orders, oldest first: they lie between the day they met and `until`. */
export function ordersOf(person: Person, until: Date): OrderRow[] {
  const { externalUserId, followedAt } = person;
  const orders: OrderRow[] = [];
  const span = pickWeighted(lot(externalUserId, 'last order'), recency);
  let daysAgo = between(lot(externalUserId, 'last order', 'day'), span.from, span.to);
  for (let n = 0; n < howMany(person); n += 1) {
    if (daysAgo >= daysBetween(followedAt, until)) daysAgo = n === 0 ? daysBetween(followedAt, until) - 1 : Infinity;
    if (daysAgo < 1 || daysAgo === Infinity) break;
    const day = daysAfter(until, -daysAgo);
    const orderedAt = atHour(
      day,
      between(lot(externalUserId, 'order hour', n), 11, 20),
      between(lot(externalUserId, 'order minute', n), 0, 59),
    );
    const first = pickWeighted(lot(externalUserId, 'order item', n), goods).name;
    const second = pickWeighted(lot(externalUserId, 'order item', n, 'second'), goods).name;
    const two = second !== first && lot(externalUserId, 'order size', n) < (person.tags.has('高客单') ? 0.8 : 0.35);
    if (orderedAt > followedAt && orderedAt < until) orders.unshift(orderOf(person, orderedAt, two ? [first, second] : [first]));
    daysAgo += between(lot(externalUserId, 'order gap', n), 28, 80);
  }
  return orders;
}
