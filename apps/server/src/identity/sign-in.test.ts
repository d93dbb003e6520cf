import type { LightMyRequestResponse } from 'fastify';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { syncStaff } from '../wecom-sync/sync-staff.ts';
import { watchStaff, watchStaffEveryMs } from '../wecom-sync/watch-staff.ts';
import { staff } from './identity.table.ts';

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp({ wecom: 'simulator' });
});
afterAll(() => world.close());

const get = (url: string, headers: Record<string, string> = {}) => world.app.inject({ method: 'GET', url, headers });
const askAs = (cookie: string) => get('/api/sidebar/js-signature?url=http://localhost:7320/sidebar/', { cookie });
const cookiesOf = (reply: LightMyRequestResponse) => reply.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');

/** What the browser does in WeCom: goes to the authorize page and comes back with a code. */
async function throughWeCom(location: string, staffUserId: string): Promise<string> {
  const answer = await fetch(location, { redirect: 'manual', headers: { cookie: `sim_staff=${staffUserId}` } });
  const back = new URL(answer.headers.get('location') ?? '');
  return back.pathname + back.search;
}

async function signIn(staffUserId: string, start = '/sidebar/'): Promise<{ back: string; begun: string; end: LightMyRequestResponse }> {
  const first = await get(start);
  const begun = cookiesOf(first);
  const back = await throughWeCom(String(first.headers.location), staffUserId);
  return { back, begun, end: await get(back, { cookie: begun }) };
}

test('a guide who opens the sidebar is signed in without a question and sees the page as herself', async () => {
  const { end } = await signIn('zhouyining', '/sidebar/?chat=1');
  expect(end.statusCode).toBe(302);
  expect(end.headers.location).toBe('/sidebar/?chat=1');
  const cookie = end.cookies.find((one) => one.name === 'nextline_session');
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  // She was not in the store yet: the first sign-in brought her.
  const [row] = await world.deps.db.select().from(staff).where(eq(staff.staffUserId, 'zhouyining'));
  expect(row).toMatchObject({ name: '周以宁', leftAt: null });
});

test('the authorize address carries what WeCom asks for, with a state of letters and digits', async () => {
  const location = new URL(String((await get('/auth/start')).headers.location));
  expect(location.hash).toBe('#wechat_redirect');
  expect(Object.fromEntries(location.searchParams)).toMatchObject({
    appid: world.deps.config.wecom.corpId,
    agentid: world.deps.config.wecom.agentId,
    scope: 'snsapi_base',
    redirect_uri: 'http://localhost:7320/auth/callback',
  });
  expect(location.searchParams.get('state')).toMatch(/^[a-zA-Z0-9]{1,128}$/);
});

test('a state that was used once is refused, and so is its code', async () => {
  const { back, begun } = await signIn('zhouyining');
  const again = await get(back, { cookie: begun });
  expect(again.statusCode).toBe(403);
  expect(again.body).toContain('这个登录链接用过了');
  expect(again.cookies.some((one) => one.name === 'nextline_session')).toBe(false);
});

test('a code that was used once signs nobody in, whatever state comes with it', async () => {
  const { back } = await signIn('zhouyining');
  const usedCode = new URLSearchParams(back.split('?')[1]).get('code') ?? '';
  const first = await get('/auth/start');
  const state = new URL(String(first.headers.location)).searchParams.get('state') ?? '';
  const end = await get(`/auth/callback?code=${usedCode}&state=${state}`, { cookie: cookiesOf(first) });
  expect(end.statusCode).toBe(403);
  expect(end.body).toContain('登录过期了');
});

test('a forged state, a missing one and one of another browser are refused', async () => {
  const first = await get('/auth/start');
  const back = await throughWeCom(String(first.headers.location), 'zhouyining');
  expect((await get(back)).statusCode).toBe(403);
  expect((await get('/auth/callback?code=x')).statusCode).toBe(403);
  const forged = back.replace(/state=[0-9a-f]+/, `state=${'0'.repeat(64)}`);
  expect((await get(forged, { cookie: cookiesOf(first) })).statusCode).toBe(403);
});

test('a sign-in that takes longer than ten minutes begins anew', async () => {
  const first = await get('/auth/start');
  const back = await throughWeCom(String(first.headers.location), 'zhouyining');
  world.clock.advance(11 * 60_000);
  const end = await get(back, { cookie: cookiesOf(first) });
  expect(end.statusCode).toBe(403);
  expect(end.body).toContain('/auth/start?return_to=');
});

test.each([
  'https://evil.example/',
  '//evil.example/x',
  String.raw`/\evil.example`,
  'javascript:alert(1)',
  '/a\nb',
  '/\t/evil.example',
  '/.//evil.example/',
  '/a/../..//evil.example',
])('a return address that is not ours leads to the sidebar: %s', async (elsewhere) => {
  const { end } = await signIn('zhouyining', `/auth/start?return_to=${encodeURIComponent(elsewhere)}`);
  expect(end.headers.location).toBe('/sidebar/');
});

test('somebody whom WeCom does not know as staff reads why, and what to do', async () => {
  const first = await get('/auth/start');
  const back = await throughWeCom(String(first.headers.location), 'fangmeng');
  world.simulator?.world.staff.delete('fangmeng');
  const end = await get(back, { cookie: cookiesOf(first) });
  expect(end.statusCode).toBe(403);
  expect(end.headers['content-type']).toContain('text/html');
  expect(end.body).toContain('可见范围');
});

test('without a session the API answers 401 with a code', async () => {
  const answer = await get('/api/sidebar/js-signature?url=http://localhost:7320/sidebar/');
  expect(answer.statusCode).toBe(401);
  expect(answer.json()).toMatchObject({ error: { code: 'session.required' } });
});

test('a cookie of another app, a changed one and one older than 12 hours are nobody', async () => {
  const { end } = await signIn('zhouyining');
  const value = end.cookies.find((one) => one.name === 'nextline_session')?.value ?? '';
  expect((await askAs(`nextline_session=${value}`)).statusCode).toBe(200);
  expect((await askAs(`nextline_session=${value.slice(0, -2)}AA`)).statusCode).toBe(401);
  expect((await askAs('nextline_session=x')).statusCode).toBe(401);
  world.clock.advance(12 * 3_600_000 + 1);
  expect((await askAs(`nextline_session=${value}`)).statusCode).toBe(401);
});

test('within 60 s of leaving WeCom a session is dead', async () => {
  await syncStaff(world.deps);
  const { end } = await signIn('taozhi');
  const cookie = cookiesOf(end);
  expect((await askAs(cookie)).statusCode).toBe(200);
  world.simulator?.world.staff.delete('taozhi');
  world.clock.advance(watchStaffEveryMs);
  await watchStaff(world.deps);
  world.clock.advance(30_000);
  expect(watchStaffEveryMs + 30_000).toBeLessThan(60_000);
  expect((await askAs(cookie)).statusCode).toBe(401);
});

async function codesAsked(): Promise<number> {
  const answer = await fetch(`${world.simulator?.url}/_sim/calls?path=/cgi-bin/auth/getuserinfo&limit=1`);
  return Number(Object(await answer.json())['total']);
}

test('made-up codes from one address are soon turned away without asking WeCom; everybody elsewhere signs in', async () => {
  const before = await codesAsked();
  const remoteAddress = '203.0.113.50';
  let refused = 0;
  let last: LightMyRequestResponse;
  do {
    const first = await world.app.inject({ method: 'GET', url: '/auth/start', remoteAddress });
    const state = new URL(String(first.headers.location)).searchParams.get('state') ?? '';
    const url = `/auth/callback?code=made-up-${refused}&state=${state}`;
    last = await world.app.inject({ method: 'GET', url, remoteAddress, headers: { cookie: cookiesOf(first) } });
    if (last.statusCode === 403) refused += 1;
  } while (last.statusCode === 403 && refused < 300);
  expect(last.statusCode).toBe(429);
  expect(refused).toBeGreaterThanOrEqual(30);
  expect((await codesAsked()) - before).toBe(refused);
  expect(Number(last.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  expect(last.body).toContain('歇几秒再试');
  expect((await signIn('zhouyining')).end.statusCode).toBe(302);
});
