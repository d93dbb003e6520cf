import { changeTaskBody, createTaskBody, opaqueId, task, taskList, uuid } from '@nextline/contract';
import { z } from 'zod';
import { requireCustomer, requireOwnCustomer } from '../customers/require-customer.ts';
import { AppError } from '../errors.ts';
import type { App, Deps } from '../feature.ts';
import { changeTask, findTask, insertTask, readOpenTasks } from './tasks.store.ts';

const taskNotFound = () =>
  new AppError({ code: 'task.not_found', status: 404, sentence: { 'zh-CN': '没有这条待办。', en: 'There is no such task.' } });
const taskDone = () =>
  new AppError({
    code: 'task.done',
    status: 409,
    sentence: { 'zh-CN': '这条待办已经发过了，不用再改。', en: 'This task was already sent and needs no change.' },
  });

/** More than anybody works through; the number beside 待办 still says how many there are. */
const listed = 200;

export function taskRoutes(app: App, deps: Deps): void {
  const { db, clock, config } = deps;
  const { corpId } = config.wecom;

  app.get('/tasks', { schema: { response: { 200: taskList } } }, async ({ principal }) => ({
    tasks: await readOpenTasks(db, corpId, principal.staffUserId, listed),
  }));

  app.post(
    '/customers/:externalUserId/tasks',
    { schema: { params: z.object({ externalUserId: opaqueId }), body: createTaskBody, response: { 200: task } } },
    async ({ params: { externalUserId }, body: { taskId, title, scriptId, dueAt }, principal }) => {
      await requireOwnCustomer(deps, principal, externalUserId);
      const { staffUserId } = principal;
      const createdAt = clock.now();
      await insertTask(db, {
        corpId,
        externalUserId,
        taskId,
        staffUserId,
        kind: 'reminder',
        title,
        scriptId,
        dueAt: new Date(dueAt),
        createdAt,
      });
      const written = await findTask(db, { corpId, externalUserId, taskId, staffUserId });
      if (written === null) throw taskNotFound();
      return written;
    },
  );

  app.put(
    '/customers/:externalUserId/tasks/:taskId',
    { schema: { params: z.object({ externalUserId: opaqueId, taskId: uuid }), body: changeTaskBody, response: { 200: task } } },
    async ({ params: { externalUserId, taskId }, body: { status, dueAt, kind }, principal }) => {
      // One's own is closed also when she is no contact any more: else it would stand there for ever.
      const which = { corpId, externalUserId, taskId, staffUserId: principal.staffUserId };
      const before = await findTask(db, which);
      // Whose customer she is not is told no more than of an id that was made up.
      if (before === null) await requireCustomer(deps, principal, externalUserId);
      if (before === null) throw taskNotFound();
      if (before.status === 'done') throw taskDone();
      await changeTask(db, which, { status, dueAt: dueAt === undefined ? undefined : new Date(dueAt), kind, now: clock.now() });
      const after = await findTask(db, which);
      if (after === null) throw taskNotFound();
      return after;
    },
  );
}
