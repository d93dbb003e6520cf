import { and, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { follows } from '../customers/customers.table.ts';
import { staff } from '../identity/identity.table.ts';
import { tags } from '../tags/tags.table.ts';
import { tasks } from '../tasks/tasks.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { fullSync } from './full-sync.ts';
import { nextReconciliation } from './reconcile-schedule.ts';
import { reconcile, reconcileWhenDue, requestReconciliation } from './reconcile.ts';
import { lastFinishedRun, unfinishedRun } from './sync-runs.store.ts';
import { syncStaff } from './sync-staff.ts';
import { watchStaff } from './watch-staff.ts';

vi.setConfig({ testTimeout: 60_000 });
const never = new AbortController().signal;

let world: TestApp;
beforeAll(async () => {
  // Nobody listens where WeCom sends its callbacks: all of them are lost.
  world = await startTestApp({ wecom: 'simulator' });
  await fullSync(world.deps, never);
});
afterAll(() => world.close());
beforeEach(() => control('DELETE', '/_sim/faults'));

async function control<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${world.simulator?.url}${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

const followsOf = (staffUserId: string) => world.deps.db.select().from(follows).where(eq(follows.staffUserId, staffUserId));
const followOf = async (externalUserId: string, staffUserId: string) =>
  (
    await world.deps.db
      .select()
      .from(follows)
      .where(and(eq(follows.externalUserId, externalUserId), eq(follows.staffUserId, staffUserId)))
  )[0];
const run = async () => {
  expect(await reconcile(world.deps, never)).toBe('done');
  return lastFinishedRun(world.deps.db, 'reconcile');
};
/** Somebody's customers whom WeCom still lists. */
const living = async (staffUserId: string) =>
  (await followsOf(staffUserId)).filter(
    (row) => row.endedAt === null && world.simulator?.world.follows.get(`${staffUserId}\n${row.externalUserId}`)?.endedBy === null,
  );

test('lost callbacks are made up for: who came, who changed, which tags are gone, who was removed', async () => {
  const [edited, removed] = await living('taozhi');
  if (!edited || !removed) throw new Error('the seed has no customers for this guide');
  const { external_userid: came } = await control<{ external_userid: string }>('POST', '/_sim/customers', {
    name: '没人说她来了',
    staff: 'taozhi',
    state: 'store-jajl',
  });
  await control('POST', '/_sim/follows', { staff: 'taozhi', external_userid: edited.externalUserId, remark: '改过的备注' });
  await control('DELETE', '/_sim/follows', { staff: 'taozhi', external_userid: removed.externalUserId, by: 'staff' });
  const tag = world.simulator?.world.tagGroups.flatMap((group) => group.tags).find((one) => one.name === '会员日');
  await control('DELETE', `/_sim/tags/${tag?.tagId}`);

  expect(await run()).toMatchObject({ phase: 'done', relationsFound: 1, relationsAsked: 1, relationsEnded: 1, failure: null });
  expect(await followOf(came, 'taozhi')).toMatchObject({ state: 'store-jajl', endedAt: null });
  expect(await followOf(edited.externalUserId, 'taozhi')).toMatchObject({ remark: '改过的备注' });
  expect(await followOf(removed.externalUserId, 'taozhi')).toMatchObject({ endedBy: 'staff' });
  const [gone] = await world.deps.db
    .select()
    .from(tags)
    .where(eq(tags.tagId, tag?.tagId ?? ''));
  expect(gone?.deletedAt).not.toBeNull();
  expect((await world.deps.db.select().from(follows)).every((row) => !row.tagIds.includes(tag?.tagId ?? ''))).toBe(true);
});

/** WeCom gives tags in one order with a customer and in another with a staff member. */
const without = (rows: (typeof follows.$inferSelect)[]) => rows.map((row) => ({ ...row, syncedAt: null, tagIds: row.tagIds.toSorted() }));

test('with nothing lost it changes nothing and ends nothing', async () => {
  const before = without(await world.deps.db.select().from(follows).orderBy(follows.externalUserId, follows.staffUserId));
  expect(await run()).toMatchObject({ relationsFound: 0, relationsEnded: 0 });
  expect(without(await world.deps.db.select().from(follows).orderBy(follows.externalUserId, follows.staffUserId))).toEqual(before);
});

test('a failed read ends nothing: the same run asks again until WeCom says', async () => {
  const [removed, other] = await living('sunyue');
  await control('DELETE', '/_sim/follows', { staff: 'sunyue', external_userid: removed?.externalUserId, by: 'staff' });
  await control('POST', '/_sim/faults', { path: '/cgi-bin/externalcontact/get', errcode: -1, times: 4 });
  await control('POST', '/_sim/faults', { path: '/cgi-bin/externalcontact/batch/get_by_user', errcode: -1, times: 4 });
  expect(await run()).toMatchObject({ relationsEnded: 1 });
  expect((await followOf(removed?.externalUserId ?? '', 'sunyue'))?.endedBy).toBe('staff');
  expect((await followOf(other?.externalUserId ?? '', 'sunyue'))?.endedAt).toBeNull();
});

test('an answer that says yes and leaves out who follows her ends nothing', async () => {
  const [removed] = await living('sunyue');
  await control('DELETE', '/_sim/follows', { staff: 'sunyue', external_userid: removed?.externalUserId, by: 'staff' });
  const body = JSON.stringify({ errcode: 0, errmsg: 'ok', external_contact: { external_userid: removed?.externalUserId, name: '林' } });
  await control('POST', '/_sim/faults', { path: '/cgi-bin/externalcontact/get', body });
  const stop = new AbortController();
  const going = reconcile(world.deps, stop.signal);
  await vi.waitUntil(async () => (await unfinishedRun(world.deps.db))?.failure?.includes('follow_user'), 20_000);
  stop.abort();
  await going;
  expect((await followOf(removed?.externalUserId ?? '', 'sunyue'))?.endedAt).toBeNull();
  await control('DELETE', '/_sim/faults');
  expect(await run()).toMatchObject({ relationsEnded: 1 });
});

test('somebody taken out of the visible range loses no customer, and the run says why theirs were not read', async () => {
  const before = (await living('wangruoxi')).length;
  expect(before).toBeGreaterThan(3);
  const everybody = [...(world.simulator?.world.staff.keys() ?? [])];
  await control('POST', '/_sim/corp', { visible_staff: everybody.filter((userid) => userid !== 'wangruoxi') });
  const hidden = await run();
  await control('POST', '/_sim/corp', { visible_staff: null });
  expect(hidden).toMatchObject({ relationsEnded: 0, reasons: { wangruoxi: { code: 'hidden_since' } } });
  expect(await living('wangruoxi')).toHaveLength(before);
});

test('somebody who may not contact customers any more loses none either, and is not called invisible', async () => {
  const [removed] = await living('wangruoxi');
  await control('DELETE', '/_sim/follows', { staff: 'wangruoxi', external_userid: removed?.externalUserId, by: 'staff' });
  await control('POST', '/_sim/corp', { without_customer_contact: ['wangruoxi'] });
  const without = await run();
  await control('POST', '/_sim/corp', { without_customer_contact: [] });
  expect(without).toMatchObject({ relationsEnded: 0, reasons: { wangruoxi: { code: 'not_permitted' } } });
  expect(await run()).toMatchObject({ relationsEnded: 1 });
});

test('an app that may no longer ask about customers ends nothing and does not finish', async () => {
  const alive = (await world.deps.db.select().from(follows)).filter((row) => row.endedAt === null).length;
  await control('POST', '/_sim/corp', { callable: false });
  const stop = new AbortController();
  const going = reconcile(world.deps, stop.signal);
  await vi.waitUntil(async () => (await unfinishedRun(world.deps.db))?.failure?.includes('48002'), 20_000);
  stop.abort();
  expect(await going).toBe('stopped');
  await control('POST', '/_sim/corp', { callable: true });
  expect(await run()).toMatchObject({ phase: 'done', relationsEnded: 0 });
  expect((await world.deps.db.select().from(follows)).filter((row) => row.endedAt === null)).toHaveLength(alive);
});

test('T22: somebody who left without a word is noticed, and their open tasks go to whoever follows the customer, else to the store', async () => {
  const { db, clock, config } = world.deps;
  const rows = await living('pengsiqi');
  const shared = rows[0];
  const alone = rows[1];
  if (!shared || !alone) throw new Error('the seed has no customers for this guide');
  await control('POST', '/_sim/customers', { external_userid: shared.externalUserId, staff: 'dengwen' }).catch(() => undefined);
  const task = (externalUserId: string, title: string) => ({
    corpId: config.wecom.corpId,
    externalUserId,
    taskId: uuidv7(),
    staffUserId: 'pengsiqi',
    kind: 'reminder' as const,
    title,
    dueAt: clock.now(),
    createdAt: clock.now(),
  });
  await db.insert(tasks).values([task(shared.externalUserId, '有别人加了她'), task(alone.externalUserId, '只有店里')]);
  await control('POST', '/_sim/staff', { userid: 'pengsiqi', status: 5 });
  await run();
  const [person] = await db.select().from(staff).where(eq(staff.staffUserId, 'pengsiqi'));
  expect(person?.leftAt).not.toBeNull();
  const now = await db.select({ title: tasks.title, owner: tasks.staffUserId, status: tasks.status }).from(tasks).orderBy(tasks.title);
  expect(now).toEqual([
    { title: '只有店里', owner: 'wuzhilan', status: 'open' },
    { title: '有别人加了她', owner: 'dengwen', status: 'open' },
  ]);
  // Her customers wait to be assigned: the store still sees them.
  expect((await followOf(alone.externalUserId, 'pengsiqi'))?.endedAt).toBeNull();
});

test('T22: whom the hourly read of the directory finds disabled hands over in it: nobody asks about them any more', async () => {
  const { db, clock, config } = world.deps;
  const [customer] = await living('hanmei');
  const taskId = uuidv7();
  const task = { corpId: config.wecom.corpId, externalUserId: customer?.externalUserId ?? '', taskId, staffUserId: 'hanmei' };
  await db.insert(tasks).values({ ...task, kind: 'reminder', title: '停用前排的', dueAt: clock.now(), createdAt: clock.now() });
  await control('POST', '/_sim/staff', { userid: 'hanmei', status: 2, silent: true });
  await syncStaff(world.deps);
  const owner = async () => (await db.select().from(tasks).where(eq(tasks.taskId, taskId)))[0]?.staffUserId;
  expect(await owner()).not.toBe('hanmei');
  await control('POST', '/_sim/staff', { userid: 'hanmei', status: 1, silent: true });
  await syncStaff(world.deps);
  expect(await owner()).toBe('hanmei');
});

test('whoever asks while a run is under way gets that run, and a run that was cut off is gone on with', async () => {
  const first = await requestReconciliation(world.deps, 'shenqiao');
  const second = await requestReconciliation(world.deps, 'cli');
  expect(second.runId).toBe(first.runId);
  const stop = new AbortController();
  await control('POST', '/_sim/faults', { path: '/cgi-bin/externalcontact/batch/get_by_user', delay_ms: 100 });
  const going = reconcileWhenDue(world.deps, stop.signal);
  await vi.waitUntil(async () => ((await unfinishedRun(world.deps.db))?.customersStored ?? 0) > 0, 20_000);
  stop.abort();
  await going;
  const cut = await unfinishedRun(world.deps.db);
  expect(cut).toMatchObject({ runId: first.runId, phase: 'customers', requestedBy: 'shenqiao' });
  await control('DELETE', '/_sim/faults');
  await reconcileWhenDue(world.deps, never);
  const done = await lastFinishedRun(world.deps.db, 'reconcile');
  expect(done?.runId).toBe(first.runId);
  const listed = [...(world.simulator?.world.follows.values() ?? [])].filter((one) => one.endedBy !== 'staff' && one.staff !== 'pengsiqi');
  expect(done?.customersStored).toBe(listed.length);
});

test('the night brings one run, whoever looks however often', async () => {
  const before = await lastFinishedRun(world.deps.db);
  await reconcileWhenDue(world.deps, never);
  expect((await lastFinishedRun(world.deps.db))?.runId).toBe(before?.runId);
  world.clock.advance(24 * 3_600_000);
  await reconcileWhenDue(world.deps, never);
  const nightly = await lastFinishedRun(world.deps.db);
  expect(nightly).toMatchObject({ kind: 'reconcile', requestedBy: null });
  expect(nightly?.runId).not.toBe(before?.runId);
  await reconcileWhenDue(world.deps, never);
  expect((await lastFinishedRun(world.deps.db))?.runId).toBe(nightly?.runId);
});

test('whoever joins is read within minutes, with the customers they had before, and once', async () => {
  const { db, clock, config } = world.deps;
  // Not in the hour of the nightly one.
  if (nextReconciliation(clock.now(), 'Asia/Shanghai', config.wecom.corpId).getTime() - clock.now().getTime() < 3_600_000)
    world.clock.advance(3_600_000);
  await reconcileWhenDue(world.deps, never);
  await control('POST', '/_sim/staff', { userid: 'newguide', name: '新导购', department: 11, silent: true });
  await control('POST', '/_sim/staff', { userid: 'emptyguide', name: '还没客户', department: 11, silent: true });
  const { external_userid: hers } = await control<{ external_userid: string }>('POST', '/_sim/customers', {
    name: '老客',
    staff: 'newguide',
  });
  await watchStaff(world.deps);
  const before = await lastFinishedRun(db);
  await reconcileWhenDue(world.deps, never);
  expect((await lastFinishedRun(db))?.runId).toBe(before?.runId);
  world.clock.advance(600_000);
  await reconcileWhenDue(world.deps, never);
  const joined = await lastFinishedRun(db);
  expect(joined).toMatchObject({ kind: 'reconcile', requestedBy: null, reasons: { emptyguide: { code: 'none_yet' } } });
  expect(joined?.runId).not.toBe(before?.runId);
  expect(await followOf(hers, 'newguide')).toMatchObject({ endedAt: null });
  world.clock.advance(600_000);
  await reconcileWhenDue(world.deps, never);
  expect((await lastFinishedRun(db))?.runId).toBe(joined?.runId);
});
