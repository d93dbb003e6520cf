import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { CallbackList, KeptCallback } from '@nextline/contract';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../audit/audit.table.ts';
import { staff } from '../identity/identity.table.ts';
import { eventually, startTestApp, type TestApp } from '../test-app.ts';
import { eventXml, postCallback } from '../test-callbacks.ts';
import { takeCallbacks } from './inbox.store.ts';
import { callbackInbox } from './wecom-callback.table.ts';
import { workInbox } from './work-inbox.ts';

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp({ wecom: 'simulator' });
  const { db, clock, config } = world.deps;
  const person = (staffUserId: string, role: 'admin' | 'auditor' | 'guide') => ({
    corpId: config.wecom.corpId,
    staffUserId,
    name: staffUserId,
    role,
    syncedAt: clock.now(),
  });
  await db.insert(staff).values([person('boss', 'admin'), person('looker', 'auditor'), person('guide', 'guide')]);
});
afterAll(() => world.close());

const call = (method: 'GET' | 'POST', path: string, staffUserId = 'boss') =>
  world.app.inject({ method, url: `/api/admin${path}`, headers: world.cookieOf(staffUserId) });
const listed = async (query: string, staffUserId?: string) => (await call('GET', `/callbacks?${query}`, staffUserId)).json<CallbackList>();

/** Keeps an event about a customer whom WeCom does not know, and lets it fail for the last time. */
async function makeDead(externalUserId: string, seconds: number): Promise<void> {
  const pair = { UserID: 'zhouyining', ExternalUserID: externalUserId };
  await postCallback(
    world,
    eventXml(world.deps.config.wecom.corpId, 'change_external_contact', 'add_external_contact', pair, 1_403_610_000 + seconds),
  );
  await world.deps.db
    .update(callbackInbox)
    .set({ attempts: 8 })
    .where(eq(callbackInbox.lane, `customer:${externalUserId}`));
  await workInbox(world.deps);
}

test('dead letters are listed newest first with their reason, page by page, to whoever may see the doctor', async () => {
  for (let n = 0; n < 5; n += 1) await makeDead(`wmDead${n}`, n);
  const first = await listed('state=dead&limit=2', 'looker');
  expect(first.callbacks.map((one) => one.lane)).toEqual(['customer:wmDead4', 'customer:wmDead3']);
  expect(first.callbacks[0]).toMatchObject({ state: 'dead', attempts: 9, failure: expect.stringContaining('40096') });
  const lanes: string[] = [];
  for (let before: string | null = ''; before !== null;) {
    const page: CallbackList = await listed(`state=dead&limit=2&before=${encodeURIComponent(before)}`);
    lanes.push(...page.callbacks.map((one) => one.lane));
    before = page.nextBefore;
  }
  expect(lanes).toEqual([4, 3, 2, 1, 0].map((n) => `customer:wmDead${n}`));
  expect((await call('GET', '/callbacks', 'guide')).statusCode).toBe(403);
  expect((await call('GET', '/callbacks?state=odd')).statusCode).toBe(400);
});

test('one is replayed by an admin and applied when its cause is gone; it is noted who did it', async () => {
  const there = world.simulator?.world;
  const follow = [...(there?.follows.values() ?? [])].find((one) => one.staff === 'zhouyining' && one.endedBy === null);
  const externalUserId = follow?.externalUserid ?? '';
  const person = there?.people.get(externalUserId);
  if (!there || !person) throw new Error('the seed has no customers');
  there.people.delete(externalUserId);
  await makeDead(externalUserId, 100);
  there.people.set(externalUserId, person);
  const [dead] = (await listed('state=dead&limit=1')).callbacks;
  expect(dead?.lane).toBe(`customer:${externalUserId}`);

  const hash = dead?.payloadHash ?? '';
  expect((await call('POST', `/callbacks/${hash}/replay`, 'looker')).statusCode).toBe(403);
  expect((await call('POST', `/callbacks/${hash}/replay`)).json<KeptCallback>()).toMatchObject({
    state: 'waiting',
    attempts: 0,
    failure: null,
  });
  expect(dead?.name).toBeNull();
  await workInbox(world.deps);
  // Applied, and so she is in the store: whom it was about is said by name.
  expect((await listed('state=applied&limit=1')).callbacks[0]).toMatchObject({ payloadHash: hash, name: person.name });
  const [noted] = await world.deps.db.select().from(auditLog).where(eq(auditLog.subjectId, hash));
  expect(noted).toMatchObject({ staffUserId: 'boss', action: 'callback.replay' });
});

test('a hash that nobody knows is 404, one that is none is 400', async () => {
  expect((await call('POST', `/callbacks/${'0'.repeat(64)}/replay`)).statusCode).toBe(404);
  expect((await call('POST', '/callbacks/xyz/replay')).statusCode).toBe(400);
});

test('a worker that comes back late cannot settle what was replayed and taken by another meanwhile', async () => {
  await makeDead('wmLate', 200);
  const [dead] = (await listed('state=dead&limit=1')).callbacks;
  await call('POST', `/callbacks/${dead?.payloadHash}/replay`);
  const [first] = await takeCallbacks(world.deps.db, { lanes: 1, together: 1, urgentOnly: false });
  await call('POST', `/callbacks/${dead?.payloadHash}/replay`);
  const [second] = await takeCallbacks(world.deps.db, { lanes: 1, together: 1, urgentOnly: false });
  expect([first?.head.payloadHash, second?.head.payloadHash]).toEqual([dead?.payloadHash, dead?.payloadHash]);
  expect(second?.head.fence).toBe((first?.head.fence ?? 0) + 1);
});

test('metrics tell what waits, what fails, what is dead and how far behind applying is', async () => {
  const dead = (await listed('state=dead&limit=200')).callbacks.length;
  const text = await eventually(async () => {
    const { body } = await world.app.inject({ method: 'GET', url: '/metrics' });
    return body.includes(`nextline_callback_inbox_dead ${dead}`) && body;
  });
  expect(text).toMatch(/nextline_callback_lag_seconds [\d.e-]+/);
  expect(text).toMatch(/nextline_callback_inbox_failing \d+/);
  expect(text).toMatch(/nextline_reconcile_running 0/);
});

test('the same from the command line: list, show, replay', async () => {
  const { config, db } = world.deps;
  const file = join(mkdtempSync(join(tmpdir(), 'nextline-callbacks-')), 'env');
  const { corpId, agentId, secret, callbackToken, callbackAesKey } = config.wecom;
  writeFileSync(
    file,
    Object.entries({
      PUBLIC_URL: config.publicUrl,
      SESSION_KEY: config.sessionKey,
      DATABASE_URL: config.databaseUrl,
      WECOM_CORP_ID: corpId,
      WECOM_AGENT_ID: agentId,
      WECOM_SECRET: secret,
      WECOM_CALLBACK_TOKEN: callbackToken,
      WECOM_CALLBACK_AES_KEY: callbackAesKey,
    })
      .map(([name, value]) => `${name}=${value}`)
      .join('\n'),
  );
  const main = fileURLToPath(new URL('callbacks-main.ts', import.meta.url));
  const run = async (...args: string[]) =>
    (await promisify(execFile)(process.execPath, [main, ...args, '--env-file', file], { env: { PATH: process.env['PATH'] } })).stdout;
  const lines = (await run('list')).trim().split('\n');
  const dead = await db.select().from(callbackInbox).where(eq(callbackInbox.status, 'dead'));
  expect(lines.at(-1)).toBe(`${dead.length} 条 dead。`);
  expect(lines[0]).toContain('40096');
  expect(await run('show', dead[0]?.payloadHash ?? '')).toContain('<ChangeType>');
  expect(await run('replay', '--dead')).toContain(`${dead.length} 条死信重新排队了`);
  expect(await db.select().from(callbackInbox).where(eq(callbackInbox.status, 'dead'))).toEqual([]);
});
