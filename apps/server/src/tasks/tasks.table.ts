import { boolean, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, corpId, id } from '../columns.ts';

export const tasks = pgTable(
  'tasks',
  {
    corpId: corpId(),
    externalUserId: id('external_user_id').notNull(),
    taskId: uuid('task_id').notNull(),
    staffUserId: id('staff_user_id').notNull(),
    /** Somebody keeps it who does not follow the customer, because its owner left: whoever takes her over gets it. */
    keptInTrust: boolean('kept_in_trust').notNull().default(false),
    kind: text().$type<'reminder' | 'follow_up'>().notNull(),
    title: text().notNull(),
    scriptId: id('script_id'),
    dueAt: at('due_at').notNull(),
    status: text().$type<'open' | 'done' | 'skipped'>().notNull().default('open'),
    /** The send that closed it: a task is never closed by a button of its own. */
    sendId: uuid('send_id'),
    createdAt: at('created_at').notNull(),
    closedAt: at('closed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.corpId, t.externalUserId, t.taskId] }),
    index('tasks_by_staff').on(t.corpId, t.staffUserId, t.status, t.dueAt),
  ],
);
