import type { Task } from '@nextline/contract';
import { localTime, whenWords } from '../../day-words.ts';

/** When a task is due, said from today: `过期 2 天`, what is to be done `今天 18:00 前`, and what comes back by itself `明天 10:00 提醒`. */
export function dueWords(task: Pick<Task, 'dueAt' | 'kind'>, now: Date, timeZone: string): { text: string; overdue: boolean } {
  const dueAt = new Date(task.dueAt);
  const days = localTime(now, timeZone).dayNumber - localTime(dueAt, timeZone).dayNumber;
  if (days > 0) return { text: `过期 ${days} 天`, overdue: true };
  if (dueAt <= now) return { text: `今天 ${clock(dueAt, timeZone)} 到点了`, overdue: true };
  return { text: `${whenWords(dueAt, now, timeZone)} ${task.kind === 'reminder' ? '提醒' : '前'}`, overdue: false };
}

function clock(at: Date, timeZone: string): string {
  const { hour, minute } = localTime(at, timeZone);
  return `${hour}:${minute}`;
}

/** What is due soonest first; overdue ones are that already. Equal times keep the current customer's on top. */
export function inOrder(tasks: readonly Task[], currentCustomer: string | null): Task[] {
  const mine = (task: Task) => (task.externalUserId === currentCustomer ? 0 : 1);
  return [...tasks].sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt) || mine(a) - mine(b));
}
