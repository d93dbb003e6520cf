import { asc } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop, writeScript } from '../test-shop.ts';
import { auditLog } from './audit.table.ts';
import { flushViews } from './note-views.ts';

let world: TestApp;
let version: number;
beforeAll(async () => {
  world = await startTestApp({ clock: afternoonClock() });
  await openShop(world.deps);
  version = await writeScript(world.deps, { scriptId: 'hello' });
});
afterAll(() => world.close());

const noted = () =>
  world.deps.db
    .select({ who: auditLog.staffUserId, action: auditLog.action, id: auditLog.subjectId, detail: auditLog.detail })
    .from(auditLog)
    .orderBy(asc(auditLog.entryId));
const inject = (method: 'GET' | 'PUT' | 'POST', path: string, payload?: object) =>
  world.app.inject({ method, url: `/api/sidebar/customers/${path}`, headers: world.cookieOf('zhou'), ...(payload && { payload }) });

test('who looked at a customer is noted once per look, after the answer; a look that was refused is none', async () => {
  expect((await inject('GET', 'wmLin')).statusCode).toBe(200);
  expect((await inject('GET', 'wmLin')).statusCode).toBe(200);
  expect((await inject('GET', 'wmChen')).statusCode).not.toBe(200);
  await flushViews(world.deps);
  const look = { who: 'zhou', action: 'customer.view', id: 'wmLin', detail: { where: 'sidebar' } };
  expect(await noted()).toEqual([look]);
  world.clock.advance(31 * 60_000);
  await inject('GET', 'wmLin');
  await flushViews(world.deps);
  expect(await noted()).toEqual([look, look]);
});

test('looks are kept while the database is away', async () => {
  world.clock.advance(31 * 60_000);
  await inject('GET', 'wmLin');
  await world.database.breakConnections(true);
  await flushViews(world.deps);
  await world.database.breakConnections(false);
  // The first connections that the pool gives out may still be those that broke.
  await vi.waitFor(
    async () => {
      await flushViews(world.deps);
      expect(await noted()).toHaveLength(3);
    },
    { timeout: 20_000 },
  );
});

test('a send, a stage, an opt-out: each says who, what and to whom, and nothing that was written to her', async () => {
  const sendId = '0198c0de-0000-7000-8000-000000000001';
  const send = { sendId, scriptId: 'hello', version, source: { kind: 'library' } };
  expect((await inject('POST', 'wmLin/sends', send)).statusCode).toBe(200);
  expect((await inject('POST', 'wmLin/sends', send)).statusCode).toBe(200);
  await inject('PUT', 'wmLin/stage', { stageId: 'won' });
  await inject('PUT', 'wmLin/stage', { stageId: 'won' });
  await inject('PUT', 'wmLin/opt-out', { optedOut: true });
  const rows = (await noted()).filter((row) => row.action !== 'customer.view');
  expect(rows).toEqual([
    { who: 'zhou', action: 'send.start', id: 'wmLin', detail: { sendId, scriptId: 'hello', version, purpose: 'service' } },
    { who: 'zhou', action: 'customer.stage', id: 'wmLin', detail: { from: 'warm', to: 'won' } },
    { who: 'zhou', action: 'customer.opt_out', id: 'wmLin', detail: {} },
  ]);
  expect(JSON.stringify(rows)).not.toContain('好久不见');
});
