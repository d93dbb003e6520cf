import { library, myLibrary, scriptPage } from '@nextline/contract';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop } from '../test-shop.ts';
import { consoleOf, hireHeadquarters } from './test-console.ts';

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
