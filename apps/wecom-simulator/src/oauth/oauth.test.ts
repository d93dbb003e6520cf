import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestBench, type TestBench } from '../test-bench.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

const login = (changed: Record<string, string> = {}) => {
  const { corp, app } = bench.sim.world;
  const query = new URLSearchParams({
    login_type: 'CorpApp',
    appid: corp.corpId,
    agentid: app.agentId,
    redirect_uri: `${bench.sim.webviewUrl}/auth/callback`,
    state: 'abc123',
    ...changed,
  });
  return fetch(`${bench.sim.url}/wwlogin/sso/login?${query.toString()}`, { redirect: 'manual' });
};

test('the login of a desktop browser shows a code and everybody who could scan it, and asks again even in the client', async () => {
  const page = await (await login()).text();
  expect(page).toContain('<svg');
  for (const name of ['沈乔', '陆一鸣', '周以宁']) expect(page).toContain(`<b>${name}</b>`);
  expect(page.indexOf('总部运营')).toBeLessThan(page.indexOf('南京西路店'));
});

test('whoever scans comes back with a code that names them once', async () => {
  const answer = await login({ sim_staff: 'luyiming' });
  const back = new URL(answer.headers.get('location') ?? '');
  expect([answer.status, back.pathname, back.searchParams.get('state')]).toEqual([302, '/auth/callback', 'abc123']);
  const code = back.searchParams.get('code') ?? '';
  expect(await bench.api('auth/getuserinfo', { query: { code } })).toMatchObject({ errcode: 0, userid: 'luyiming' });
  expect(await bench.api('auth/getuserinfo', { query: { code } })).not.toMatchObject({ errcode: 0 });
});

test.each([
  ['another host', { redirect_uri: 'https://evil.example/auth/callback' }, '-31020'],
  ['another port', { redirect_uri: 'http://localhost:1/auth/callback' }, '-31020'],
  ['another corp', { appid: 'wwOther' }, '-31027'],
  ['another app', { agentid: '1' }, '-31028'],
])('%s is refused before anybody is asked', async (_what, changed, errcode) => {
  const answer = await login({ ...changed, sim_staff: 'luyiming' });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining(`<h1>${errcode}</h1>`)]);
});
