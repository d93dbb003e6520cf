import type { SyncOverview, SyncRunView } from '@nextline/contract';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { staff } from '../identity/identity.table.ts';
import { eventually, startTestApp, type TestApp } from '../test-app.ts';
import { fullSync } from './full-sync.ts';

vi.setConfig({ testTimeout: 60_000 });

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp({ wecom: 'simulator' });
  await fullSync(world.deps, new AbortController().signal);
  await world.deps.db.update(staff).set({ role: 'admin' }).where(eq(staff.staffUserId, 'shenqiao'));
  world.startWorkers();
});
afterAll(() => world.close());

const call = (method: 'GET' | 'POST', path: string, staffUserId = 'shenqiao') =>
  world.app.inject({ method, url: `/api/admin${path}`, headers: world.cookieOf(staffUserId) });
const overview = async () => (await call('GET', '/sync')).json<SyncOverview>();

test('an admin asks for a reconciliation, a worker does it, and its progress and what it brought can be seen', async () => {
  expect(await overview()).toMatchObject({ running: null, lastFull: { kind: 'full', phase: 'done' }, lastReconciliation: null });
  const asked = await call('POST', '/sync/reconcile');
  expect(asked.statusCode).toBe(202);
  const { runId } = asked.json<SyncRunView>();
  expect(asked.json<SyncRunView>()).toMatchObject({ kind: 'reconcile', requestedBy: 'shenqiao', finishedAt: null });
  const done = await eventually(async () => {
    const now = await overview();
    return now.lastReconciliation?.runId === runId && now.lastReconciliation;
  }, 30_000);
  expect(done).toMatchObject({ phase: 'done', staffDone: done.staffTotal, relationsFound: 0, relationsEnded: 0, failure: null });
  expect(done.withReason).toContainEqual({ staffUserId: 'luyiming', name: '陆一鸣', reason: '还没有客户' });
  expect(new Date((await overview()).nextReconciliationAt).getTime()).toBeGreaterThan(world.clock.now().getTime());
});

test('a guide neither sees the sync nor starts one', async () => {
  expect((await call('GET', '/sync', 'zhouyining')).statusCode).toBe(403);
  expect((await call('POST', '/sync/reconcile', 'zhouyining')).statusCode).toBe(403);
});
