import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AdminBoot } from '@nextline/contract';
import type { LightMyRequestResponse } from 'fastify';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { syncStaff } from '../wecom-sync/sync-staff.ts';
import { staff } from './identity.table.ts';

const adminFolder = mkdtempSync(join(tmpdir(), 'nextline-admin-'));
let world: TestApp;
beforeAll(async () => {
  mkdirSync(join(adminFolder, 'assets'));
  writeFileSync(join(adminFolder, 'index.html'), '<html><head><!--nextline-boot--></head></html>');
  writeFileSync(join(adminFolder, 'assets/index-abc.js'), 'export {};');
  world = await startTestApp({ wecom: 'simulator', app: { adminFolder } });
  world.deps.config.consoleAdmins = ['shaoqi'];
  await syncStaff(world.deps);
});
afterAll(async () => {
  await world.close();
  rmSync(adminFolder, { recursive: true, force: true });
});

const wecomClient = 'Mozilla/5.0 (Windows NT 10.0; WOW64) Chrome/108.0.0.0 Safari/537.36 wxwork/4.1.36 (MicroMessenger/6.2)';
const get = (url: string, headers: Record<string, string> = {}) => world.app.inject({ method: 'GET', url, headers });
const cookiesOf = (reply: LightMyRequestResponse, path?: string) =>
  reply.cookies
    .filter((cookie) => path === undefined || cookie.path === path)
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');

/** What a person does at WeCom's page for desktop browsers: scans as this member of staff. */
async function scanAs(staffUserId: string, start = '/admin/doctor'): Promise<LightMyRequestResponse> {
  const first = await get(start);
  const login = new URL(String(first.headers.location));
  login.searchParams.set('sim_staff', staffUserId);
  const answer = await fetch(login, { redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '');
  return get(back.pathname + back.search, { cookie: cookiesOf(first) });
}

function bootOf(page: LightMyRequestResponse): AdminBoot {
  const [, json = ''] = /id="nextline-boot">(.*?)<\/script>/.exec(page.body) ?? [];
  return JSON.parse(json);
}

test('a desktop browser goes through the login that asks for a scan, the WeCom client through the one that asks nothing', async () => {
  const desktop = new URL(String((await get('/admin/')).headers.location));
  expect(desktop.pathname).toBe('/wwlogin/sso/login');
  expect(Object.fromEntries(desktop.searchParams)).toMatchObject({
    login_type: 'CorpApp',
    appid: world.deps.config.wecom.corpId,
    agentid: world.deps.config.wecom.agentId,
    redirect_uri: 'http://localhost:7320/auth/callback',
  });
  const client = new URL(String((await get('/admin/', { 'user-agent': wecomClient })).headers.location));
  expect(client.pathname).toBe('/connect/oauth2/authorize');
  // The sidebar lives in the client only: there it stays as it was.
  expect(new URL(String((await get('/sidebar/')).headers.location)).pathname).toBe('/connect/oauth2/authorize');
});

test('an admin comes back to the page that was asked for, and it carries who this is and what they may do', async () => {
  const end = await scanAs('shenqiao', '/admin/scripts/s1?tab=diff');
  expect([end.statusCode, end.headers.location]).toEqual([302, '/admin/scripts/s1?tab=diff']);
  const page = await get('/admin/scripts/s1?tab=diff', { cookie: cookiesOf(end, '/admin') });
  expect([page.statusCode, page.headers['cache-control']]).toEqual([200, 'no-store']);
  const boot = bootOf(page);
  expect(boot).toMatchObject({ staff: { userId: 'shenqiao', name: '沈乔', role: 'admin' }, scriptsInReview: 0 });
  expect(boot.permissions).toContain('people.write');
  const me = await get('/api/admin/me', { cookie: cookiesOf(end, '/api/admin') });
  expect(me.json()).toMatchObject({ staff: { userId: 'shenqiao' } });
});

test("the console's session is its own: a guide's sidebar in the same browser stays hers", async () => {
  const end = await scanAs('luyiming');
  expect(end.cookies.filter(({ value }) => value !== '').map(({ name, path }) => [name, path])).toEqual([
    ['nextline_console', '/admin'],
    ['nextline_console', '/api/admin'],
    ['nextline_console', '/auth'],
  ]);
  const both = `${world.cookieOf('zhouyining').cookie}; ${cookiesOf(end, '/admin')}`;
  expect(bootOf(await get('/admin/', { cookie: both })).staff).toMatchObject({ userId: 'luyiming', role: 'operator' });
  // The page asks who it is by itself: a sidebar's session alone opens no console.
  expect((await get('/admin/', world.cookieOf('shenqiao'))).statusCode).toBe(302);
});

test('a page acts only as the person whom it shows', async () => {
  const cookie = cookiesOf(await scanAs('luyiming'), '/api/admin');
  expect((await get('/api/admin/me', { cookie, 'x-shown-staff': 'luyiming' })).statusCode).toBe(200);
  expect((await get('/api/admin/me', { cookie, 'x-shown-staff': 'shenqiao' })).statusCode).toBe(401);
});

test('who has no role in the console reads so, and whom to ask', async () => {
  const end = await scanAs('zhouyining');
  const page = await get('/admin/', { cookie: cookiesOf(end, '/admin') });
  expect(page.statusCode).toBe(403);
  expect(page.body).toContain('周以宁，你没有管理后台的权限');
  expect(page.body).toContain('请沈乔在「门店与成员」里给你一个角色');
  const cookie = `${cookiesOf(end, '/admin')}; nextline_language=en`;
  expect((await get('/admin/', { cookie })).body).toContain('ask 沈乔 for a role');
  expect((await get('/api/admin/me', { cookie: cookiesOf(end, '/api/admin') })).json()).toMatchObject({
    error: { code: 'session.forbidden' },
  });
});

test('whom the settings name becomes an admin by signing in, and stays one', async () => {
  const end = await scanAs('shaoqi');
  expect(bootOf(await get('/admin/', { cookie: cookiesOf(end, '/admin') })).staff.role).toBe('admin');
  const [row] = await world.deps.db.select({ role: staff.role }).from(staff).where(eq(staff.staffUserId, 'shaoqi'));
  expect(row?.role).toBe('admin');
});

test('signing out ends the console of this person, in every browser', async () => {
  const end = await scanAs('luyiming');
  const stolen = cookiesOf(end, '/api/admin');
  const sidebar = world.cookieOf('luyiming').cookie;
  expect((await get('/api/admin/me', { cookie: stolen })).statusCode).toBe(200);
  world.clock.advance(1_000);
  const out = await world.app.inject({ method: 'POST', url: '/auth/sign-out', headers: { cookie: cookiesOf(end, '/auth') } });
  expect([out.statusCode, out.cookies.map(({ path, value }) => [path, value])]).toEqual([
    204,
    [
      ['/admin', ''],
      ['/api/admin', ''],
      ['/auth', ''],
    ],
  ]);
  // Who had copied it has nothing; nor does a sidebar's session from before open the console again. The sidebar itself goes on.
  const status = async (path: string, cookie: string) => (await get(path, { cookie })).statusCode;
  expect([await status('/api/admin/me', stolen), await status('/api/admin/me', sidebar)]).toEqual([401, 401]);
  expect([await status('/admin/', stolen), await status('/api/sidebar/tasks', sidebar)]).toEqual([302, 200]);
  expect(await status('/api/admin/me', cookiesOf(await scanAs('luyiming'), '/api/admin'))).toBe(200);
  expect((await get('/auth/signed-out')).body).toContain('重新登录');
  const inEnglish = { cookie: 'nextline_language=en' };
  expect((await get('/auth/signed-out', inEnglish)).body).toContain('Sign in again');
  expect((await get('/admin/signed-in', inEnglish)).body).toContain('You can close this window');
});

test('this browser is signed out also while the database is away', async () => {
  const cookie = cookiesOf(await scanAs('luyiming'), '/auth');
  await world.database.breakConnections(true);
  const out = await world.app.inject({ method: 'POST', url: '/auth/sign-out', headers: { cookie } });
  await world.database.breakConnections(false);
  expect(out.statusCode).toBe(503);
  expect(out.cookies.map(({ path, value }) => [path, value])).toContainEqual(['/api/admin', '']);
});

test('assets may be kept for ever, and the page is not to be had without its data', async () => {
  expect((await get('/admin/assets/index-abc.js')).headers['cache-control']).toContain('immutable');
  expect((await get('/admin/index.html')).statusCode).toBe(302);
  expect((await get('/admin/assets/..%2findex.html')).statusCode).not.toBe(200);
});
