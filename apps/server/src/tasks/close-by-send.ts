import { dayMs } from '../corp-time.ts';
import type { Queryable } from '../database.ts';
import { closeTasks } from './tasks.store.ts';

export type TaskClosingSend = {
  externalUserId: string;
  staffUserId: string;
  sendId: string;
  scriptId: string;
  /** The task that the tap came from, if it did. */
  taskId: string | null;
  at: Date;
};

/**
 * A task is done by its message reaching her, wherever the guide took the script from: the task of the tap, and any that wanted the same script
 * within a day. A reminder for next week stays.
 */
export const closeTasksBySend = (tx: Queryable, { sendId, at, ...which }: TaskClosingSend): Promise<void> =>
  closeTasks(tx, { ...which, until: new Date(at.getTime() + dayMs) }, { sendId, at });
