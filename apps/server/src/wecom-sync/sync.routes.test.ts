import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { SyncOverview, SyncRunView, UnsureWrites } from '@nextline/contract';
import { and, desc, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { auditLog } from '../audit/audit.table.ts';
import { follows } from '../customers/customers.table.ts';
import { staff } from '../identity/identity.table.ts';
import { eventually, startTestApp, type TestApp } from '../test-app.ts';
import { settingsFor } from '../test-process.ts';
import { fullSync } from './full-sync.ts';
import { unsureLines } from './unsure-words.ts';
import { compareUnsure, showUnsure } from './unsure-writes.ts';
import { wecomOutbox } from './wecom-sync.table.ts';

vi.setConfig({ testTimeout: 60_000 });

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp({ wecom: 'simulator' });
  await fullSync(world.deps, new AbortController().signal);
  await world.deps.db.update(staff).set({ role: 'admin' }).where(eq(staff.staffUserId, 'shenqiao'));
  world.startWorkers();
});
afterAll(() => world.close());

const call = (method: 'GET' | 'POST', path: string, staffUserId = 'shenqiao', payload?: object) =>
  world.app.inject({ method, url: `/api/admin${path}`, headers: world.cookieOf(staffUserId), ...(payload && { payload }) });
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
  const english = await world.app.inject({ url: '/api/admin/sync', headers: { ...world.cookieOf('shenqiao'), 'x-language': 'en' } });
  expect(english.json<SyncOverview>().lastReconciliation?.withReason).toContainEqual({
    staffUserId: 'luyiming',
    name: '陆一鸣',
    reason: 'Has no customers yet',
  });
  expect(new Date((await overview()).nextReconciliationAt).getTime()).toBeGreaterThan(world.clock.now().getTime());
});

test('a guide neither sees the sync nor starts one', async () => {
  expect((await call('GET', '/sync', 'zhouyining')).statusCode).toBe(403);
  expect((await call('POST', '/sync/reconcile', 'zhouyining')).statusCode).toBe(403);
});

const guide = 'zhouyining';
type Tags = { add: string[]; remove: string[] };

/** A change that WeCom gave no clear answer about for days, as sendOutbox leaves it. */
async function unsure(externalUserId: string, change: Tags, secondsAgo = 3_600) {
  const writeId = uuidv7();
  const at = new Date(world.clock.now().getTime() - secondsAgo * 1_000);
  await world.deps.db.insert(wecomOutbox).values({
    corpId: world.deps.config.wecom.corpId,
    externalUserId,
    writeId,
    kind: 'mark_tag',
    payload: { staffUserId: guide, ...change },
    createdAt: at,
    nextAttemptAt: at,
    settledAt: at,
    status: 'unsure',
    maybeDone: true,
    attempts: 110,
    failure: 'externalcontact/mark_tag: no answer',
  });
  return { externalUserId, writeId };
}
const tagGroups = () => world.simulator?.world.tagGroups.flatMap((group) => group.tags) ?? [];
const listed = async (who?: string) => (await call('GET', '/sync/unsure', who)).json<UnsureWrites>();
const answer = (key: { externalUserId: string; writeId: string }, word: 'written' | 'again', who?: string) =>
  call('POST', `/sync/unsure/${encodeURIComponent(key.externalUserId)}/${key.writeId}`, who, { answer: word });
const someCustomers = () =>
  [...(world.simulator?.world.follows.values() ?? [])].filter((follow) => follow.staff === guide && follow.endedBy === null);
const statusOf = async (writeId: string) =>
  (await world.deps.db.select({ status: wecomOutbox.status }).from(wecomOutbox).where(eq(wecomOutbox.writeId, writeId)))[0]?.status;
const tagsHere = async (externalUserId: string) =>
  (
    await world.deps.db
      .select({ tagIds: follows.tagIds })
      .from(follows)
      .where(and(eq(follows.externalUserId, externalUserId), eq(follows.staffUserId, guide)))
  )[0]?.tagIds;

/** One that WeCom has made after all, two hours ago, and one that it has not. */
async function twoUnsure() {
  const [there, absent] = someCustomers();
  if (!there || !absent) throw new Error('the seed has no customers');
  const has = tagGroups().find(({ tagId }) => there.tagIds.includes(tagId));
  const lacks = tagGroups().find(({ tagId }) => !absent.tagIds.includes(tagId));
  const written = await unsure(there.externalUserid, { add: [has?.tagId ?? ''], remove: [] }, 7_200);
  const notWritten = await unsure(absent.externalUserid, { add: [lacks?.tagId ?? ''], remove: [] });
  return { there, absent, has, lacks, written, notWritten };
}

test('a change of tags that nobody can say of is listed with what WeCom shows now, and written again or struck off by an admin', async () => {
  const { there, absent, has, lacks, written, notWritten } = await twoUnsure();

  const page = await listed();
  expect(page).toMatchObject({
    total: 2,
    writes: [
      { ...written, staffUserId: guide, staffName: '周以宁', add: [has?.name], attempts: 110, overtaken: false, now: { state: 'written' } },
      { ...notWritten, now: { state: 'notWritten', missing: [lacks?.name], still: [] } },
    ],
  });
  expect(page.writes[0]?.customerName).not.toBeNull();
  expect(unsureLines(await showUnsure(world.deps, 'zh-CN')).at(-1)).toBe('2 条说不清写没写。');

  expect((await answer(written, 'written', guide)).statusCode).toBe(403);
  expect((await answer(written, 'written')).json()).toEqual({ total: 1 });
  expect(await statusOf(written.writeId)).toBe('done');
  expect((await answer(written, 'again')).statusCode).toBe(404);

  expect((await answer(notWritten, 'again')).json()).toEqual({ total: 0 });
  expect(await tagsHere(absent.externalUserid)).toContain(lacks?.tagId);
  await eventually(async () => (await statusOf(notWritten.writeId)) === 'done', 20_000);
  expect(there.tagIds).toContain(has?.tagId);
  expect(world.simulator?.world.follows.get(`${guide}\n${absent.externalUserid}`)?.tagIds).toContain(lacks?.tagId);
  const noted = await world.deps.db
    .select({ action: auditLog.action, who: auditLog.staffUserId, id: auditLog.subjectId })
    .from(auditLog)
    .where(eq(auditLog.subjectKind, 'customer'))
    .orderBy(desc(auditLog.at), desc(auditLog.entryId))
    .limit(2);
  expect(noted).toEqual([
    { action: 'write.again', who: 'shenqiao', id: absent.externalUserid },
    { action: 'write.written', who: 'shenqiao', id: there.externalUserid },
  ]);
});

test('one whose tags were changed again since is not written again: the later change counts', async () => {
  const [one] = someCustomers();
  const tagId = tagGroups()[0]?.tagId ?? '';
  const earlier = await unsure(one?.externalUserid ?? '', { add: [tagId], remove: [] }, 7_200);
  const later = await unsure(one?.externalUserid ?? '', { add: [], remove: [tagId] });
  const other = await unsure(someCustomers()[1]?.externalUserid ?? '', { add: [tagId], remove: [] });
  expect((await listed()).writes.map(({ writeId, overtaken }) => [writeId, overtaken])).toEqual([
    [earlier.writeId, true],
    [later.writeId, false],
    [other.writeId, false],
  ]);
  const refused = await answer(earlier, 'again');
  expect([refused.statusCode, refused.json()]).toMatchObject([409, { error: { code: 'write.overtaken' } }]);
  for (const key of [earlier, later, other]) await answer(key, 'written');
  expect((await listed()).total).toBe(0);
});

/** `pnpm run outbox …` in a process of its own, with the settings of the server. */
async function typed(...given: string[]): Promise<{ code: number | null; out: string; err: string }> {
  if (!world.simulator) throw new Error('the simulator was not started');
  const env = { PATH: process.env['PATH'], ...settingsFor(world.simulator, world.database) };
  const program = fileURLToPath(new URL('outbox-main.ts', import.meta.url));
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [program, ...given],
      { env, cwd: fileURLToPath(new URL('.', import.meta.url)) },
      (_, out, err) => done({ code: child.exitCode, out, err }),
    );
  });
}

test('the same from the command line: they are listed with what WeCom shows, struck off and written again, each once', async () => {
  const { absent, has, lacks, written, notWritten } = await twoUnsure();
  const keyOf = ({ externalUserId, writeId }: typeof written) => `${externalUserId}/${writeId}`;

  const list = await typed('list');
  expect([list.code, list.err]).toEqual([0, '']);
  expect(list.out.split('\n')).toMatchObject([
    expect.stringMatching(new RegExp(`^${keyOf(written)} .*加「${has?.name}」$`)),
    expect.stringContaining('已经写上了'),
    expect.stringMatching(new RegExp(`^${keyOf(notWritten)} .*加「${lacks?.name}」$`)),
    expect.stringContaining(`还没有（差 加「${lacks?.name}」）`),
    '2 条说不清写没写。',
    '',
  ]);

  expect(await typed('written', keyOf(written))).toEqual({ code: 0, out: `${keyOf(written)}：已记为写入。还剩 1 条。\n`, err: '' });
  expect(await typed('written', keyOf(written))).toEqual({ code: 2, out: '', err: '这一条已经有人处理过了。\n' });
  expect((await typed('again', keyOf(notWritten))).out).toBe(`${keyOf(notWritten)}：再写一次，几秒后可见。还剩 0 条。\n`);
  await eventually(async () => (await statusOf(notWritten.writeId)) === 'done');
  expect(world.simulator?.world.follows.get(`${guide}\n${absent.externalUserid}`)?.tagIds).toContain(lacks?.tagId);

  expect(await typed('written')).toMatchObject({ code: 2, err: expect.stringContaining('pnpm run outbox list') });
});

test('when WeCom cannot be asked the list is there all the same, and says so', async () => {
  const key = await unsure(someCustomers()[0]?.externalUserid ?? '', { add: [tagGroups()[0]?.tagId ?? ''], remove: [] });
  await fetch(`${world.simulator?.url}/_sim/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path: '/cgi-bin/externalcontact/get', errcode: 60020 }),
  });
  expect((await listed()).writes).toMatchObject([{ now: { state: 'unknown', reason: expect.stringContaining('60020') } }]);
  await fetch(`${world.simulator?.url}/_sim/faults`, { method: 'DELETE' });
  await answer(key, 'written');
});

test('what WeCom shows is compared with what was asked for', () => {
  expect(compareUnsure({ add: ['a'], remove: ['b'] }, ['a', 'c'])).toEqual({ state: 'written' });
  expect(compareUnsure({ add: ['a', 'c'], remove: ['b'] }, ['a', 'b'])).toEqual({ state: 'notWritten', missing: ['c'], still: ['b'] });
  expect(compareUnsure({ add: ['a'], remove: [] }, null)).toEqual({ state: 'gone' });
});
