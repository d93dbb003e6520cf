import { z } from 'zod';
import { instant, opaqueId, typedText, uuid } from './wire.ts';

/** `follow_up`: to be done by `dueAt`. `reminder`: the guide wants it back at `dueAt`, and not before. */
const taskKind = z.enum(['reminder', 'follow_up']);

export const task = z.object({
  taskId: uuid,
  externalUserId: opaqueId,
  /** Set in the list over all customers, so that the row can be read without a look-up. */
  customerName: z.string(),
  title: z.string(),
  scriptId: opaqueId.nullable(),
  dueAt: instant,
  status: z.enum(['open', 'done', 'skipped']),
  kind: taskKind,
});
export type Task = z.infer<typeof task>;

/** GET /api/sidebar/tasks: this staff member's open tasks over all customers, due soonest first. */
export const taskList = z.object({ tasks: z.array(task) });
export type TaskList = z.infer<typeof taskList>;

/** POST /api/sidebar/customers/{externalUserId}/tasks: `推迟` and `到时提醒我`. Idempotent on `taskId`. → `task` */
export const createTaskBody = z.object({ taskId: uuid, title: typedText(100).min(1), scriptId: opaqueId.nullable(), dueAt: instant });
export type CreateTaskBody = z.infer<typeof createTaskBody>;

/**
 * PUT /api/sidebar/customers/{externalUserId}/tasks/{taskId}: skip or reopen, or move: what a guide puts off becomes a `reminder`. `done` is written only by
 * a recorded send. → `task`
 */
export const changeTaskBody = z.object({
  status: z.enum(['open', 'skipped']).optional(),
  dueAt: instant.optional(),
  kind: taskKind.optional(),
});
export type ChangeTaskBody = z.infer<typeof changeTaskBody>;
