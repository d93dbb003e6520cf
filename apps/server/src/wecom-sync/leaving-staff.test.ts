import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { follows } from '../customers/customers.table.ts';
import { staff } from '../identity/identity.table.ts';
import { tasks } from '../tasks/tasks.table.ts';
import { eventually, startTestApp, type TestApp } from '../test-app.ts';
import { fullSync } from './full-sync.ts';
import { watchStaff, watchStaffEveryMs } from './watch-staff.ts';

vi.setConfig({ testTimeout: 60_000 });

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp({ wecom: 'simulator', listen: true });
  await fullSync(world.deps, new AbortController().signal);
  world.startWorkers();
});
afterAll(() => world.close());

async function control(method: string, path: string, body: object): Promise<void> {
  const answer = await fetch(`${world.simulator?.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
}

/** Customers whom this guide follows and nobody else does. */
async function ownCustomers(staffUserId: string): Promise<string[]> {
  const rows = await world.deps.db.select().from(follows);
  const followers = Map.groupBy(rows, (row) => row.externalUserId);
  return [...followers.values()].flatMap((theirs) => {
    const [only] = theirs;
    return theirs.length === 1 && only?.staffUserId === staffUserId && only.endedAt === null ? [only.externalUserId] : [];
  });
}

async function plan(staffUserId: string, externalUserId: string, title: string): Promise<string> {
  const { db, clock, config } = world.deps;
  const taskId = uuidv7();
  const now = clock.now();
  const kind = 'reminder' as const;
  await db
    .insert(tasks)
    .values({ corpId: config.wecom.corpId, externalUserId, taskId, staffUserId, kind, title, dueAt: now, createdAt: now });
  return taskId;
}

const taskOf = async (taskId: string) => (await world.deps.db.select().from(tasks).where(eq(tasks.taskId, taskId)))[0];
const panels = (staffUserId: string) =>
  world.app.inject({ method: 'GET', url: '/api/sidebar/tasks', headers: world.cookieOf(staffUserId) });

test('T22: a guide is removed in WeCom: the session is dead within 60 s, and every open task is with the store until somebody takes the customer over', async () => {
  const customers = (await ownCustomers('mengxi')).slice(0, 3);
  expect(customers).toHaveLength(3);
  const planned = await Promise.all(customers.map((id, n) => plan('mengxi', id, `回访${n}`)));
  const done = await plan('mengxi', customers[0] ?? '', '早就做完了');
  await world.deps.db.update(tasks).set({ status: 'done' }).where(eq(tasks.taskId, done));
  expect((await panels('mengxi')).statusCode).toBe(200);

  // An app of the corp's own is told nothing when somebody leaves: the worker looks every ten seconds.
  await control('POST', '/_sim/staff', { userid: 'mengxi', status: 5, silent: true });
  world.clock.advance(watchStaffEveryMs);
  await watchStaff(world.deps);
  world.clock.advance(30_000);
  expect(watchStaffEveryMs + 30_000).toBeLessThanOrEqual(60_000);
  expect((await panels('mengxi')).statusCode).toBe(401);

  for (const taskId of planned) expect(await taskOf(taskId)).toMatchObject({ staffUserId: 'gaoyuan', status: 'open', keptInTrust: true });
  expect(await taskOf(done)).toMatchObject({ staffUserId: 'mengxi', status: 'done' });

  // An administrator assigns one of her customers to a colleague.
  await control('POST', '/_sim/customers', { external_userid: customers[0], staff: 'songzhi', add_way: 202 });
  const passedOn = await eventually(async () => {
    const task = await taskOf(planned[0] ?? '');
    return task?.staffUserId === 'songzhi' && task;
  }, 10_000);
  expect(passedOn).toMatchObject({ status: 'open', keptInTrust: false });
  expect(await taskOf(planned[1] ?? '')).toMatchObject({ staffUserId: 'gaoyuan' });
});

test('T22: a customer is transferred between two guides: what was planned for her goes along, what was planned for others stays', async () => {
  const [moved, stays] = await ownCustomers('linkexin');
  if (!moved || !stays) throw new Error('the seed has no customers for this guide');
  const along = await plan('linkexin', moved, '跟着客户走');
  const here = await plan('linkexin', stays, '留在原处');
  await control('POST', '/_sim/transfers', { staff: 'linkexin', external_userid: moved, to: 'zengjia' });
  await eventually(async () => (await taskOf(along))?.staffUserId === 'zengjia', 10_000);
  expect(await taskOf(along)).toMatchObject({ status: 'open', keptInTrust: false });
  expect(await taskOf(here)).toMatchObject({ staffUserId: 'linkexin', status: 'open' });
  const ended = (await world.deps.db.select().from(follows).where(eq(follows.externalUserId, moved))).find(
    (row) => row.staffUserId === 'linkexin',
  );
  expect(ended?.endedBy).toBe('transfer');
});

test('T22: a guide who is only disabled keeps nothing either, and has it all before them again when they are back', async () => {
  const [customer] = await ownCustomers('hanmei');
  const taskId = await plan('hanmei', customer ?? '', '休假前排的');
  await control('POST', '/_sim/staff', { userid: 'hanmei', status: 2 });
  await eventually(async () => (await taskOf(taskId))?.staffUserId !== 'hanmei', 10_000);
  expect(await taskOf(taskId)).toMatchObject({ staffUserId: 'zhaojing', keptInTrust: true });
  await control('POST', '/_sim/staff', { userid: 'hanmei', status: 1 });
  await eventually(async () => {
    const [person] = await world.deps.db.select().from(staff).where(eq(staff.staffUserId, 'hanmei'));
    return person?.leftAt === null;
  }, 10_000);
  await eventually(async () => (await taskOf(taskId))?.staffUserId === 'hanmei', 10_000);
});

test('T22: somebody without customers is removed in WeCom: the session is dead within 60 s, however many others there are and whoever watches', async () => {
  const { app, clock, deps } = world;
  await control('POST', '/_sim/corp', { without_customer_contact: ['luyiming'] });
  await watchStaff(deps);
  const [operator] = await deps.db.select().from(staff).where(eq(staff.staffUserId, 'luyiming'));
  if (!operator || operator.followsCustomers) throw new Error('this operator was to have no customers');
  // So many who were read longer ago that the worker's next looks are at others.
  const others = Array.from({ length: 300 }, (_, n) => ({ ...operator, staffUserId: `office${n}`, syncedAt: new Date(0) }));
  await deps.db.insert(staff).values(others);
  const who = () => app.inject({ method: 'GET', url: '/api/admin/me', headers: world.cookieOf('luyiming') });
  expect((await who()).statusCode).toBe(200);
  await control('POST', '/_sim/staff', { userid: 'luyiming', status: 5, silent: true });
  clock.advance(59_000);
  expect((await who()).statusCode).toBe(401);
});
