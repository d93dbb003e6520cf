import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { follows } from '../customers/customers.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop, writeScript } from '../test-shop.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openShop(app.deps);
  await writeScript(app.deps, { scriptId: 'check', title: '使用回访' });
});
afterAll(() => app.close());

const call = (method: 'GET' | 'POST' | 'PUT', path: string, payload?: Record<string, unknown>, staffUserId = 'zhou') =>
  app.app.inject({ method, url: `/api/sidebar${path}`, headers: app.cookieOf(staffUserId), ...(payload && { payload }) });
const inHours = (hours: number) => new Date(app.clock.now().getTime() + hours * 3_600_000).toISOString();
const create = (taskId: string, title: string, hours: number, scriptId: string | null = null) =>
  call('POST', '/customers/wmLin/tasks', { taskId, title, scriptId, dueAt: inHours(hours) });
const cards = async () => (await call('GET', '/customers/wmLin')).json().suggestions.cards;
const titles = async () => (await call('GET', '/tasks')).json().tasks.map((task: { title: string }) => task.title);

test('a reminder that is asked for twice is one, and the list has the soonest first with her name', async () => {
  const taskId = uuidv7();
  await create(taskId, '后天再说', 48);
  const again = await create(taskId, '后天再说', 48);
  expect(again.json()).toMatchObject({ customerName: '林小姐', kind: 'reminder', status: 'open' });
  await create(uuidv7(), '今晚说', 3);
  expect(await titles()).toEqual(['今晚说', '后天再说']);
  expect((await call('GET', '/tasks', undefined, 'qian')).json().tasks).toEqual([]);
});

test('a task can be skipped and taken back; nobody else touches it', async () => {
  const taskId = uuidv7();
  await create(taskId, '不急', 5);
  expect((await call('PUT', `/customers/wmLin/tasks/${taskId}`, { status: 'skipped' })).json().status).toBe('skipped');
  expect(await titles()).not.toContain('不急');
  expect((await call('PUT', `/customers/wmLin/tasks/${taskId}`, { status: 'open', dueAt: inHours(1) })).json().status).toBe('open');
  expect((await titles())[0]).toBe('不急');
  expect((await call('PUT', `/customers/wmLin/tasks/${uuidv7()}`, { status: 'skipped' })).statusCode).toBe(404);
  expect((await call('PUT', `/customers/wmLin/tasks/${taskId}`, { status: 'done' })).statusCode).toBe(400);
  expect((await call('PUT', `/customers/wmLin/tasks/${taskId}`, {})).json().status).toBe('open');
});

test('what is to be done today is put off until tonight, and taken back', async () => {
  const taskId = uuidv7();
  await create(taskId, '使用回访', 2, 'check');
  const change = async (body: Record<string, unknown>) => (await call('PUT', `/customers/wmLin/tasks/${taskId}`, body)).json();
  const [byFour, tonight] = [inHours(2), inHours(5)];
  expect(await change({ dueAt: byFour, kind: 'follow_up' })).toMatchObject({ kind: 'follow_up', dueAt: byFour });
  expect((await cards())[0]).toMatchObject({ taskId });
  expect(await change({ dueAt: tonight, kind: 'reminder' })).toMatchObject({ kind: 'reminder', dueAt: tonight });
  expect(await cards()).toEqual([]);
  await change({ dueAt: byFour, kind: 'follow_up' });
  expect((await cards())[0]).toMatchObject({ taskId });
  await change({ status: 'skipped' });
});

test('a due task is the first card, and only a send that arrived closes it', async () => {
  const taskId = uuidv7();
  await create(taskId, '使用回访', 2, 'check');
  expect(await cards()).toEqual([]);
  app.clock.advance(3 * 3_600_000);
  expect((await cards())[0]).toMatchObject({ slot: 1, scriptId: 'check', taskId, meta: '待办 · 使用回访', due: '今天 16:32 已到期' });
  const sendId = uuidv7();
  await call('POST', '/customers/wmLin/sends', { sendId, scriptId: 'check', version: 1, source: { kind: 'task', taskId } });
  expect(await titles()).toContain('使用回访');
  await call('PUT', `/customers/wmLin/sends/${sendId}/parts/1`, { state: 'sent', errMsg: null, at: inHours(0) });
  expect(await titles()).not.toContain('使用回访');
  const late = await call('PUT', `/customers/wmLin/tasks/${taskId}`, { status: 'open' });
  expect([late.statusCode, late.json().error.code]).toEqual([409, 'task.done']);
});

test('a task for somebody who is no contact any more can still be skipped by whoever has it, and by nobody else', async () => {
  const taskId = uuidv7();
  await create(taskId, '再约', 4);
  await app.deps.db.update(follows).set({ endedAt: app.clock.now(), endedBy: 'customer' }).where(eq(follows.externalUserId, 'wmLin'));
  expect((await call('PUT', `/customers/wmLin/tasks/${taskId}`, { status: 'skipped' }, 'lu')).statusCode).toBe(404);
  expect((await call('PUT', `/customers/wmLin/tasks/${taskId}`, { status: 'skipped' })).json().status).toBe('skipped');
  expect((await create(uuidv7(), '还想约', 4)).statusCode).toBe(403);
});
