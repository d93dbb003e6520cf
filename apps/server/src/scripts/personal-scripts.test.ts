import { library, myLibrary, scriptPage } from '@nextline/contract';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop } from '../test-shop.ts';
import { consoleOf, contentOf, hireHeadquarters } from './test-console.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openShop(app.deps);
  await hireHeadquarters(app);
});
afterAll(() => app.close());

const call = async (who: string, method: 'PUT' | 'DELETE', path: string, payload?: object) =>
  (await app.app.inject({ method, url: `/api/sidebar/scripts/${path}`, headers: app.cookieOf(who), ...(payload && { payload }) }))
    .statusCode;
const sees = async (who: string) =>
  library
    .parse((await app.app.inject({ url: '/api/sidebar/library', headers: app.cookieOf(who) })).json())
    .scripts.map(({ title, version, scope }) => [title, version, scope]);
const shownBy = async (who: string) =>
  myLibrary.parse((await app.app.inject({ url: '/api/sidebar/library/mine', headers: app.cookieOf(who) })).json()).shared;
const shared = async () => scriptPage.parse((await consoleOf(app).call('luyiming', 'GET', '/scripts?audience=personal')).json()).scripts;

test('a guide writes, changes and removes her own script; nobody else sees or touches it', async () => {
  const scriptId = uuidv7();
  const write = (who: string, text: string) => call(who, 'PUT', `${scriptId}/personal`, { title: '给您留了一瓶', text });
  expect(await write('zhou', '留好了')).toBe(200);
  expect(await write('zhou', '留好了')).toBe(200);
  expect(await sees('zhou')).toEqual([['给您留了一瓶', 1, 'personal']]);
  expect(await sees('qian')).toEqual([]);
  expect(await shared()).toEqual([]);
  expect(await write('qian', '抢')).toBe(404);
  expect(await call('qian', 'PUT', `${scriptId}/share`, { shared: true })).toBe(404);
  expect(await write('zhou', '改一句')).toBe(200);
  expect(await sees('zhou')).toEqual([['给您留了一瓶', 2, 'personal']]);
  expect(await write('zhou', '长'.repeat(1400))).toBe(400);
  expect(await call('zhou', 'DELETE', `${scriptId}/personal`)).toBe(204);
  expect(await sees('zhou')).toEqual([]);
});

test('shown to headquarters it waits there, and becomes a draft of the company that leaves her own alone', async () => {
  const scriptId = uuidv7();
  await call('zhou', 'PUT', `${scriptId}/personal`, { title: '轮休交接', text: '我今天轮休' });
  await call('zhou', 'PUT', `${scriptId}/share`, { shared: true });
  expect(await shownBy('zhou')).toEqual([scriptId]);
  expect(await shownBy('qian')).toEqual([]);
  const [waiting] = await shared();
  expect(waiting).toMatchObject({ scriptId, title: '轮休交接', audienceLabel: '只有周以宁' });
  const web = consoleOf(app);
  const { revision } = (await web.call('luyiming', 'GET', `/scripts/${scriptId}`)).json();
  const promoted = (await web.step('luyiming', scriptId, 'promote', revision)).json();
  expect(promoted).toMatchObject({ status: 'draft', content: { title: '轮休交接', audience: { kind: 'company' } } });
  expect(await shared()).toEqual([]);
  expect(await shownBy('zhou')).toEqual([]);
  expect((await web.step('luyiming', scriptId, 'promote', revision)).statusCode).toBe(404);
  expect(await sees('zhou')).toEqual([['轮休交接', 1, 'personal']]);
});

async function written(text: string, purpose?: string) {
  const scriptId = uuidv7();
  const url = `/api/sidebar/scripts/${scriptId}/personal`;
  const payload = { title: text, text, ...(purpose && { purpose }) };
  const answer = (await app.app.inject({ method: 'PUT', url, headers: app.cookieOf('zhou'), payload })).json();
  const seen = library.parse((await app.app.inject({ url: '/api/sidebar/library', headers: app.cookieOf('zhou') })).json());
  return { ...answer, kept: seen.scripts.find((one) => one.scriptId === scriptId)?.purpose };
}

test('what she writes sells unless she says that it serves; an offer in it sells whatever she says', async () => {
  expect(await written('新到了一瓶')).toEqual({ purpose: 'marketing', offer: null, kept: 'marketing' });
  expect(await written('周末我轮休', 'service')).toEqual({ purpose: 'service', offer: null, kept: 'service' });
  expect(await written('老客满300减50', 'service')).toEqual({ purpose: 'marketing', offer: '满300减', kept: 'marketing' });
});

test('what a guide showed stays hers: headquarters neither edits nor retires it, alone or among many', async () => {
  const scriptId = uuidv7();
  await call('zhou', 'PUT', `${scriptId}/personal`, { title: '老客专用', text: '给您留着' });
  await call('zhou', 'PUT', `${scriptId}/share`, { shared: true });
  const web = consoleOf(app);
  const { revision, content } = (await web.call('luyiming', 'GET', `/scripts/${scriptId}`)).json();
  const own = await web.create('luyiming', contentOf('我自己的', { audience: { kind: 'personal', ownerUserId: 'luyiming' } }));
  const bulk = async (scriptIds: string[], change: object) =>
    (await web.call('luyiming', 'POST', '/scripts/bulk', { bulkId: uuidv7(), selection: { scriptIds }, change, dryRun: false })).json()
      .changed;
  const toEverybody = { kind: 'audience', audience: { kind: 'company' } };
  const limited = { kind: 'validity', validFrom: null, validUntil: '2099-01-01T00:00:00.000Z' };
  expect(await bulk([scriptId, own.scriptId], toEverybody)).toBe(0);
  for (const change of [{ kind: 'move', folderId: 'f1' }, limited, { kind: 'retire' }]) expect(await bulk([scriptId], change)).toBe(0);
  expect(await bulk([own.scriptId], limited)).toBe(1);
  const refused = [
    await web.call('luyiming', 'PUT', `/scripts/${scriptId}/draft`, { revision, content: { ...content, title: '大家用' } }),
    await web.step('luyiming', scriptId, 'retire', revision),
    await web.step('luyiming', scriptId, 'restore', revision, { version: 1 }),
  ];
  expect(refused.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403]);
  expect(await sees('zhou')).toContainEqual(['老客专用', 1, 'personal']);
  expect(await sees('qian')).toEqual([]);
  expect((await web.step('luyiming', scriptId, 'promote', revision)).statusCode).toBe(200);
});

test('what she begins in the console and then writes in the sidebar is the sidebar’s, and the next draft is published as the next version', async () => {
  const scriptId = uuidv7();
  const web = consoleOf(app);
  const rules = (await web.call('shenqiao', 'GET', '/script-rules')).json();
  await web.call('shenqiao', 'PUT', '/script-rules', { ...rules, fourEyes: false });
  await call('luyiming', 'PUT', `${scriptId}/personal`, { title: '到店提醒', text: '明天见' });
  const script = async () => (await web.call('luyiming', 'GET', `/scripts/${scriptId}`)).json();
  const draft = async (title: string) => {
    const { revision, content } = await script();
    const parts = [...content.parts, { kind: 'text', text: '还没写完' }];
    return (await web.call('luyiming', 'PUT', `/scripts/${scriptId}/draft`, { revision, content: { ...content, title, parts } })).json();
  };
  expect(await draft('到店提醒二')).toMatchObject({ version: 2, publishedVersion: 1 });
  expect(await call('luyiming', 'PUT', `${scriptId}/personal`, { title: '到店提醒', text: '后天见' })).toBe(200);
  expect(await script()).toMatchObject({ status: 'published', version: 2, content: { parts: [{ kind: 'text', text: '后天见' }] } });
  const { version, revision } = await draft('到店提醒三');
  expect(version).toBe(3);
  expect((await web.step('luyiming', scriptId, 'publish', revision)).json()).toMatchObject({ status: 'published', publishedVersion: 3 });
  await web.call('shenqiao', 'PUT', '/script-rules', rules);
});
