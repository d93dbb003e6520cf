import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestBench, type TestBench } from '../test-bench.ts';
import { injectFirst, relaxPolicy } from './page-rewrite.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.control('POST', 'reset', {});
});

const open = (path = '/sidebar/', cookie = ''): Promise<Response> =>
  fetch(bench.sim.webviewUrl + path, { headers: { accept: 'text/html', cookie }, redirect: 'manual' });

test('a page comes with the bridge first in its head, and without the rules that forbid a frame', async () => {
  bench.product.page.headers = { 'content-security-policy': "default-src 'self'; frame-ancestors 'none'", 'x-frame-options': 'DENY' };
  const answer = await open();
  expect(await answer.text()).toMatch(/^<!doctype html><html><head><script>.*WeixinJSBridge/s);
  expect(answer.headers.get('x-frame-options')).toBeNull();
  expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'self'; script-src 'self' 'sha256-[\w+/]+='$/);
});

test('the page believes to be in WeCom on a PC, or on a phone when the device says so', async () => {
  expect(await (await open()).text()).toContain('WindowsWechat');
  expect(await (await open('/sidebar/', 'sim_device=phone')).text()).toContain('iPhone');
});

test('in the frame of the client a page is asked for as WeCom, in a window of its own as the browser that it is', async () => {
  const seen: { agent: string; bridge: boolean }[] = [];
  for (const destination of ['iframe', 'document']) {
    const answer = await fetch(`${bench.sim.webviewUrl}/admin/`, { headers: { 'sec-fetch-dest': destination, 'user-agent': 'Firefox' } });
    seen.push({ bridge: (await answer.text()).includes('WeixinJSBridge'), agent: bench.product.askedAs.userAgent });
  }
  expect(seen).toEqual([
    { bridge: true, agent: expect.stringContaining('wxwork/') },
    { bridge: false, agent: 'Firefox' },
  ]);
});

test('no bridge leaves it out, a slow bridge makes it late', async () => {
  await bench.control('POST', 'faults', { path: 'webview', errmsg: 'no_bridge', times: 1 });
  expect(await (await open()).text()).not.toContain('WeixinJSBridge');
  await bench.control('POST', 'faults', { path: 'webview/page', delay_ms: 900, times: 1 });
  expect(await (await open()).text()).toContain('setTimeout(appear, 900)');
});

test("the page's own requests can be cut before and after the product has seen them", async () => {
  await bench.control('POST', 'faults', { path: 'webview/request/api', drop: true, times: 1 });
  await expect(fetch(`${bench.sim.webviewUrl}/api/x`, { method: 'POST', body: 'x' })).rejects.toThrow('fetch failed');
  await bench.control('POST', 'faults', { path: 'webview/request/api', after_effect: true, times: 1 });
  await expect(fetch(`${bench.sim.webviewUrl}/api/x`, { method: 'POST', body: 'x' })).rejects.toThrow('fetch failed');
  expect((await fetch(`${bench.sim.webviewUrl}/api/x`)).status).toBe(200);
});

test("entering as another member of staff drops the former one's cookies", async () => {
  const answer = await open('/_webview/enter?staff=xuanqi&to=/sidebar/', 'session=abc; sim_webview_staff=zhouyining');
  expect(answer.status).toBe(302);
  expect(answer.headers.getSetCookie()).toEqual([
    'sim_staff=xuanqi; Path=/; SameSite=Lax',
    'sim_webview_staff=xuanqi; Path=/; SameSite=Lax',
    'session=; Path=/; Max-Age=0',
  ]);
  expect((await open('/_webview/enter?staff=xuanqi&to=//elsewhere.example/')).status).toBe(400);
});

test('a page without a head gets the script after its doctype', () => {
  expect(injectFirst('<!doctype html><p>x', 'a')).toBe('<!doctype html><script>a</script><p>x');
});

test("a policy that forbids all scripts lets in the bridge's alone", () => {
  expect(relaxPolicy("script-src 'none'; img-src *", 'a')).toMatch(/^script-src 'sha256-[\w+/]+='; img-src \*$/);
  expect(relaxPolicy("frame-ancestors 'none'", 'a')).toBeNull();
});
