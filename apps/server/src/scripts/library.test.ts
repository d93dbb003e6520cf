import { gunzipSync } from 'node:zlib';
import { library } from '@nextline/contract';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outcomes } from '../customers/customers.table.ts';
import { touches } from '../sends/sends.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop, writeScript } from '../test-shop.ts';
import { missingScripts } from './scripts.table.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openShop(app.deps);
  const { db, config } = app.deps;
  const { corpId } = config.wecom;
  const at = (hoursAgo: number) => new Date(app.clock.now().getTime() - hoursAgo * 3_600_000);
  const touch = {
    corpId,
    externalUserId: 'wmLin',
    touchpoint: 'import' as const,
    purpose: 'service' as const,
    title: 't',
    scriptId: 'company',
  };
  await db.insert(touches).values([
    { ...touch, touchId: uuidv7(), touchedAt: at(100) },
    { ...touch, touchId: uuidv7(), touchedAt: at(20) },
    { ...touch, touchId: uuidv7(), touchedAt: at(24 * 31) },
  ]);
  await db.insert(outcomes).values({ corpId, externalUserId: 'wmLin', outcomeId: uuidv7(), kind: 'reply', occurredAt: at(90) });
  await writeScript(app.deps, { scriptId: 'company', title: '换季泛红', keywords: ['舒缓'] });
  await writeScript(app.deps, { scriptId: 'ourStore', visibility: { scope: 'store', storeId: 'njxl' } });
  await writeScript(app.deps, { scriptId: 'mine', visibility: { scope: 'personal', ownerUserId: 'zhou' } });
  await writeScript(app.deps, { scriptId: 'soon', validFrom: at(-2) });
  await writeScript(app.deps, { scriptId: 'over', validUntil: at(1) });
});
afterAll(() => app.close());

const get = (staffUserId: string, headers: Record<string, string> = {}) =>
  app.app.inject({ url: '/api/sidebar/library', headers: { ...app.cookieOf(staffUserId), ...headers } });
const ids = async (staffUserId: string) => library.parse((await get(staffUserId)).json()).scripts.map((script) => script.scriptId);

test("a guide sees the company's, her store's and her own; what is not yet or no longer valid, nobody", async () => {
  expect(await ids('zhou')).toEqual(['company', 'mine', 'ourStore']);
  expect(await ids('lu')).toEqual(['company', 'ourStore']);
  expect(await ids('qian')).toEqual(['company']);
});

test('a script comes with its pinyin and what became of it in 30 days', async () => {
  const [script] = library.parse((await get('qian')).json()).scripts;
  expect(script).toMatchObject({ titlePinyin: 'huan ji fan hong', keywords: ['舒缓'], scope: 'company', uses30d: 2, replies30d: 1 });
});

test('an unchanged library is 304, also when a proxy weakened the tag; a new script changes it', async () => {
  const etag = String((await get('zhou')).headers['etag']);
  expect(etag).toMatch(/^W\//);
  expect((await get('zhou', { 'if-none-match': etag })).statusCode).toBe(304);
  expect((await get('zhou', { 'if-none-match': etag.slice(2) })).statusCode).toBe(304);
  expect((await get('qian', { 'if-none-match': etag })).statusCode).toBe(200);
  await writeScript(app.deps, { scriptId: 'new' });
  expect((await get('zhou', { 'if-none-match': etag })).statusCode).toBe(200);
});

test("a script's first day changes the library without anybody publishing", async () => {
  const etag = String((await get('zhou')).headers['etag']);
  app.clock.advance(3 * 3_600_000);
  expect((await get('zhou', { 'if-none-match': etag })).statusCode).toBe(200);
  expect(await ids('zhou')).toContain('soon');
});

test('it travels compressed', async () => {
  for (let n = 0; n < 20; n += 1) await writeScript(app.deps, { scriptId: `many${n}`, text: '一句一样长的话，'.repeat(10) });
  const answer = await get('zhou', { 'accept-encoding': 'gzip' });
  expect(answer.headers['content-encoding']).toBe('gzip');
  expect(library.parse(JSON.parse(gunzipSync(answer.rawPayload).toString())).scripts.length).toBeGreaterThan(20);
});

const mark = (scriptId: string, favourite: boolean, staffUserId = 'zhou') =>
  app.app.inject({
    method: 'PUT',
    url: `/api/sidebar/scripts/${scriptId}/favourite`,
    headers: app.cookieOf(staffUserId),
    payload: { favourite },
  });
const mine = async () => (await app.app.inject({ url: '/api/sidebar/library/mine', headers: app.cookieOf('zhou') })).json();

test('favourites and recents are per guide; a script of somebody else cannot be marked', async () => {
  expect((await mark('company', true)).statusCode).toBe(204);
  expect((await mark('company', true)).statusCode).toBe(204);
  expect((await mark('mine', true, 'qian')).statusCode).toBe(404);
  expect(await mine()).toEqual({ favourites: ['company'], recents: [], shared: [] });
  await mark('company', false);
  expect((await mine()).favourites).toEqual([]);
});

test('a missing script is told to headquarters once, however often it is sent', async () => {
  const payload = { requestId: uuidv7(), query: '色号怎么选', wish: '夏天的', automatic: false };
  for (let n = 0; n < 2; n += 1)
    expect(
      (await app.app.inject({ method: 'POST', url: '/api/sidebar/missing-scripts', headers: app.cookieOf('zhou'), payload })).statusCode,
    ).toBe(204);
  expect(await app.database.db.select().from(missingScripts)).toMatchObject([{ query: '色号怎么选', wish: '夏天的', staffUserId: 'zhou' }]);
});
