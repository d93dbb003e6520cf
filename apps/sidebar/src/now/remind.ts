import type { Suggestion, Task } from '@nextline/contract';
import { api, ApiFailure } from '../api.ts';
import { uuidv7 } from '../uuid.ts';

/** Makes a card come back at an instant: its task is moved, or it becomes one. Resolves to how to take that back. */
export async function remindAt(
  externalUserId: string,
  card: Suggestion,
  at: Date,
  tasks: readonly Task[],
): Promise<() => Promise<unknown>> {
  const dueAt = at.toISOString();
  const before = tasks.find((task) => task.taskId === card.taskId)?.dueAt;
  if (card.taskId) {
    const params = { externalUserId, taskId: card.taskId };
    const move = (to: string) => api('PUT /api/sidebar/customers/:externalUserId/tasks/:taskId', { params, body: { dueAt: to } });
    await move(dueAt);
    return async () => before && move(before);
  }
  const taskId = uuidv7();
  const body = { taskId, title: card.title.slice(0, 100), scriptId: card.scriptId, dueAt };
  await api('POST /api/sidebar/customers/:externalUserId/tasks', { params: { externalUserId }, body });
  return () =>
    api('PUT /api/sidebar/customers/:externalUserId/tasks/:taskId', { params: { externalUserId, taskId }, body: { status: 'skipped' } });
}

/** Why it did not work, for the toast. */
export function notReminded(error: unknown): string {
  return error instanceof ApiFailure && error.status > 0 ? error.message : '没设上，网络断了。';
}
