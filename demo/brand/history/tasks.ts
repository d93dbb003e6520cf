import { atHour, daysAfter, daysBetween, dueToday } from './days.ts';
import type { OrderRow, TaskRow } from './life.ts';
import { lot, pick, uuidFor } from './lots.ts';
import type { Person } from './person.ts';

export function openTask(
  person: Person,
  wanted: { kind: TaskRow['kind']; title: string; scriptId: string | null; dueAt: Date; createdAt: Date },
): TaskRow {
  const taskId = uuidFor(person.externalUserId, 'task', wanted.title);
  return { taskId, staffUserId: person.staffUserId, ...wanted, status: 'open', sendId: null, closedAt: null, keptInTrust: false };
}

const reminders = ['问问周六来不来', '到货了跟她说一声', '回她套组的价格', '约下次护理', '把成分表发她'];

/** What her guide should do for her, and by when: mostly what follows from an order, now and then a reminder of their own. */
export function tasksOf(person: Person, orders: readonly OrderRow[], now: Date): TaskRow[] {
  const { externalUserId, endedAt } = person;
  const last = orders.at(-1);
  if (endedAt !== null) return [];
  const since = last === undefined ? null : daysBetween(last.orderedAt, now);
  const drawn = lot(externalUserId, 'task');
  const due = pick(lot(externalUserId, 'due'), [
    dueToday(now),
    dueToday(now),
    atHour(daysAfter(now, -1), 18, 0),
    atHour(daysAfter(now, 1), 12, 0),
  ]);
  if (last?.items[0]?.name === '舒缓精华' && since !== null && since >= 6 && since <= 9 && drawn < 0.8)
    return [openTask(person, { kind: 'follow_up', title: '使用回访', scriptId: 'care.serum-week', dueAt: due, createdAt: last.orderedAt })];
  if (last && since !== null && since >= 55 && since <= 75 && drawn < 0.3)
    return [
      openTask(person, {
        kind: 'follow_up',
        title: '空瓶前提醒',
        scriptId: 'care.before-empty',
        dueAt: due,
        createdAt: daysAfter(now, -3),
      }),
    ];
  if (drawn > 0.96 && daysBetween(person.followedAt, now) > 3)
    return [
      openTask(person, {
        kind: 'reminder',
        title: pick(lot(externalUserId, 'reminder'), reminders),
        scriptId: null,
        dueAt: due,
        createdAt: daysAfter(now, -2),
      }),
    ];
  return [];
}
