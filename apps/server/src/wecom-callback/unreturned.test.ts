import { randomBytes } from 'node:crypto';
import { type RunningSimulator, startSimulator } from '@nextline/wecom-simulator';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventually, startTestApp, type TestApp } from '../test-app.ts';
import { eventXml } from '../test-callbacks.ts';
import { createTestDatabase } from '../test-database.ts';
import { settingsFor, startProcess } from '../test-process.ts';
import { takeCallbacks, takeSuspect } from './inbox.store.ts';
import { replayCallback } from './replay-callbacks.ts';
import { createTurns } from './take-turns.ts';
import { unreturnedInWords } from './unreturned.ts';
import { callbackInbox } from './wecom-callback.table.ts';
import { workInbox, workSuspects } from './work-inbox.ts';

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp({ wecom: 'simulator' });
});
afterAll(() => world.close());
beforeEach(async () => void (await world.deps.db.delete(callbackInbox)));

const put = (hash: string, lane: string, ago = 120, unreturned = 0) =>
  world.deps.db.execute(sql`
    INSERT INTO callback_inbox (corp_id, payload_hash, xml, event, lane, received_at, next_attempt_at, unreturned)
    VALUES (${world.deps.config.wecom.corpId}, ${hash}, ${eventXml('ww', 'change_external_chat', 'update', { ChatId: hash })}, 'change_external_chat',
      ${lane}, clock_timestamp() - ${ago} * interval '1 second', clock_timestamp() - interval '1 ms', ${unreturned})`);
/** A millisecond ago: the column rounds to whole ones, and what is due half a one from now is not due. */
const minutePasses = () => world.deps.db.update(callbackInbox).set({ nextAttemptAt: sql`clock_timestamp() - interval '1 ms'` });
const rowOf = async (hash: string) => (await world.deps.db.select().from(callbackInbox).where(eq(callbackInbox.payloadHash, hash)))[0];
/** A process takes it, and is gone. */
async function dieWith(taken: 'others' | 'alone'): Promise<number> {
  await minutePasses();
  if (taken === 'others') return (await takeCallbacks(world.deps.db, { lanes: 5, together: 1, urgentOnly: false })).length;
  return (await world.deps.db.transaction((tx) => takeSuspect(tx))) === null ? 0 : 1;
}
const turns = createTurns();

test('an event that two processes did not come back from is taken by none that has others in hand, and given up after five, in words', async () => {
  await put('deadly', 'customer:a');
  expect([await dieWith('others'), await dieWith('others'), await dieWith('others')]).toEqual([1, 1, 0]);
  expect([await dieWith('alone'), await dieWith('alone'), await dieWith('alone')]).toEqual([1, 1, 1]);
  expect(await rowOf('deadly')).toMatchObject({ status: 'waiting', attempts: 5, unreturned: 5 });
  await minutePasses();
  expect(await workSuspects(world.deps, turns)).toBe(1);
  const dead = await rowOf('deadly');
  expect(dead).toMatchObject({ status: 'dead', attempts: 5 });
  expect(dead?.failure).toEqual(unreturnedInWords);
  expect(dead?.failure?.['zh-CN']).toMatch(/进程 5 次没有回来/);
  expect(dead?.failure?.en).toMatch(/did not come back from it 5 times/);
  expect(await workSuspects(world.deps, turns)).toBe(0);
});

test('put in line again by a person it begins anew', async () => {
  const hash = randomBytes(32).toString('hex');
  await put(hash, 'customer:a', 120, 5);
  await workSuspects(world.deps, turns);
  expect((await rowOf(hash))?.status).toBe('dead');
  await replayCallback(world.deps, hash, { staffUserId: null });
  expect(await rowOf(hash)).toMatchObject({ status: 'waiting', unreturned: 0, failure: null });
  expect(await workInbox(world.deps)).toBe(1);
  expect((await rowOf(hash))?.status).toBe('kept');
});

test('what was in hand with it is worked alone once, and is no dead letter', async () => {
  await put('deadly', 'customer:a');
  await put('beside', 'customer:b');
  await dieWith('others');
  await dieWith('others');
  await minutePasses();
  expect(await workInbox(world.deps)).toBe(0);
  expect(await workSuspects(world.deps, turns)).toBe(1);
  expect(await workSuspects(world.deps, turns)).toBe(1);
  expect([(await rowOf('deadly'))?.status, (await rowOf('beside'))?.status]).toEqual(['kept', 'kept']);
});

test('one that may have died of what stands behind it in its lane is worked without it', async () => {
  await put('first', 'customer:a', 130);
  await put('behind', 'customer:a', 120);
  await put('since', 'customer:a', 1);
  await dieWith('others');
  await dieWith('others');
  await minutePasses();
  expect(await workSuspects(world.deps, turns)).toBe(1);
  expect(await rowOf('first')).toMatchObject({ status: 'kept' });
  expect(await rowOf('behind')).toMatchObject({ status: 'waiting', unreturned: 2 });
  expect(await rowOf('since')).toMatchObject({ status: 'waiting', unreturned: 0 });
});

test('those that wait behind one that was given up have one chance each', async () => {
  await put('deadly', 'customer:a', 130, 5);
  await put('same', 'customer:a', 120);
  await workSuspects(world.deps, turns);
  expect((await rowOf('deadly'))?.status).toBe('dead');
  // The turn that gave up the first has taken the next, alone.
  expect(await rowOf('same')).toMatchObject({ status: 'kept', attempts: 1 });
});

test('a failure is a take that came back', async () => {
  await put('odd', 'customer:a');
  await world.deps.db.update(callbackInbox).set({ xml: 'no xml at all' });
  for (let n = 0; n < 4; n += 1) {
    await minutePasses();
    await workInbox(world.deps);
  }
  expect(await rowOf('odd')).toMatchObject({ status: 'waiting', attempts: 4, unreturned: 0 });
});

test('whoever wants to be alone waits for those who work, and keeps the others waiting', async () => {
  const order: string[] = [];
  const gates = new Map<string, () => void>();
  const work = (name: string) => async () => {
    order.push(`${name} begins`);
    await new Promise<void>((open) => gates.set(name, open));
    order.push(`${name} ends`);
  };
  const { together, alone } = createTurns();
  const a = together(work('a'));
  const b = alone(work('b'));
  const c = together(work('c'));
  gates.get('a')?.();
  await eventually(async () => gates.has('b'));
  expect(order).toEqual(['a begins', 'a ends', 'b begins']);
  gates.get('b')?.();
  await eventually(async () => gates.has('c'));
  gates.get('c')?.();
  await Promise.all([a, b, c]);
  expect(order.slice(3)).toEqual(['b ends', 'c begins', 'c ends']);
  await expect(alone(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await together(async () => order.push('goes on'));
  expect(order.at(-1)).toBe('goes on');
});

/** Kills its process with the answer that names this customer, as a native crash or the lack of memory does. */
const diesOf = (externalUserId: string) => `
  const real = JSON.parse;
  JSON.parse = (text, ...more) => {
    if (typeof text === 'string' && text.includes('"follow_user"') && text.includes(${JSON.stringify(externalUserId)})) process.kill(process.pid, 'SIGKILL');
    return real(text, ...more);
  };`;

test('a callback that kills its process each time is a dead letter after five processes, and those that were in hand with it are applied', async () => {
  const url = 'http://localhost:1';
  const simulator: RunningSimulator = await startSimulator({
    port: 0,
    webviewPort: 0,
    productUrl: url,
    callbackUrl: url,
    trustedHosts: [],
  });
  const database = await createTestDatabase({ corpId: simulator.world.corp.corpId });
  try {
    const { corpId } = simulator.world.corp;
    const [deadly, ...others] = [...new Set([...simulator.world.follows.values()].map(({ externalUserid }) => externalUserid))].slice(0, 4);
    const staffOf = (id: string) => [...simulator.world.follows.values()].find((follow) => follow.externalUserid === id)?.staff ?? '';
    const edited = (id: string) =>
      eventXml(corpId, 'change_external_contact', 'edit_external_contact', { UserID: staffOf(id), ExternalUserID: id });
    for (const id of [deadly ?? '', ...others])
      await database.pool.query(
        `INSERT INTO callback_inbox (corp_id, payload_hash, xml, event, change_type, lane, received_at, next_attempt_at)
         VALUES ($1, $2, $3, 'change_external_contact', 'edit_external_contact', 'customer:' || $2, now(), now())`,
        [corpId, id, edited(id)],
      );
    // Nothing else of this corp is read while it lasts.
    await database.pool.query(
      `INSERT INTO sync_runs (corp_id, run_id, kind, phase, position, started_at, finished_at)
       VALUES ($1, gen_random_uuid(), 'full', 'done', '{"pendingStaff":[],"batch":[],"cursor":""}', now(), now())`,
      [corpId],
    );
    const statusOf = async (id: string) =>
      (
        await database.pool.query<{ status: string; attempts: number; failure: string | null }>(
          'SELECT status, attempts, failure FROM callback_inbox WHERE payload_hash = $1',
          [id],
        )
      ).rows[0];
    const start = () =>
      startProcess({ ...settingsFor(simulator, database), PROCESS_MODE: 'worker', LOG_LEVEL: 'info' }, diesOf(deadly ?? ''));
    const allSettled = async () => (await database.pool.query(`SELECT FROM callback_inbox WHERE status = 'waiting'`)).rowCount === 0;
    let deaths = 0;
    for (let survived = false; !survived && deaths < 8; deaths += survived ? 0 : 1) {
      await database.pool.query(`UPDATE callback_inbox SET next_attempt_at = clock_timestamp() WHERE status = 'waiting'`);
      const process = await start();
      await eventually(async () => process.child.signalCode !== null || (await allSettled()), 60_000);
      survived = process.child.signalCode === null;
      process.child.kill('SIGTERM');
      await process.exited;
    }
    expect(deaths).toBe(5);
    expect(await statusOf(deadly ?? '')).toMatchObject({ status: 'dead', attempts: 5, failure: expect.stringMatching(/没有回来/) });
    for (const id of others) expect(await statusOf(id)).toMatchObject({ status: 'applied' });
  } finally {
    await simulator.close();
    await database.drop();
  }
});
