import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { staff } from './identity/identity.table.ts';
import { eventually, startTestApp, type TestApp } from './test-app.ts';

const sidebarFolder = mkdtempSync(join(tmpdir(), 'nextline-dist-'));
let world: TestApp;
let cookie: { cookie: string };

beforeAll(async () => {
  mkdirSync(join(sidebarFolder, 'assets'));
  writeFileSync(join(sidebarFolder, 'index.html'), '<html><head><!--nextline-boot--></head><body></body></html>');
  writeFileSync(join(sidebarFolder, 'assets/index-abc.js'), 'export {};');
  world = await startTestApp({ wecom: 'simulator', app: { sidebarFolder, staffRequestsPerMinute: 100 } });
  const { corpId } = world.deps.config.wecom;
  await world.deps.db.insert(staff).values({ corpId, staffUserId: 'guide', name: '</script><b>&"$&', syncedAt: world.clock.now() });
  cookie = world.cookieOf('guide');
});
afterAll(async () => {
  await world.close();
  rmSync(sidebarFolder, { recursive: true, force: true });
});

const ask = (options: InjectOptions) => world.app.inject(options);
const note = (payload: string | object, headers: Record<string, string> = {}) =>
  ask({
    method: 'POST',
    url: '/api/sidebar/missing-scripts',
    payload,
    headers: { 'content-type': 'application/json', ...cookie, ...headers },
  });

const codeOfNote = async (headers: Record<string, string>) => (await note({}, headers)).json<{ error: { code: string } }>().error.code;
const sign = (url: string) => ask({ method: 'GET', url: `/api/sidebar/js-signature?url=${encodeURIComponent(url)}`, headers: cookie });

test('an address that does not exist is a 404 in the form of every refusal', async () => {
  const answer = await ask({ method: 'GET', url: '/api/nothing' });
  expect([answer.statusCode, answer.json()]).toEqual([404, { error: { code: 'route.not_found', message: '没有这个地址。' } }]);
});

const linkOn = async (url: string) =>
  /href="([^"]*)"/.exec((await ask({ method: 'GET', url, headers: { accept: 'text/html' } })).body)?.[1];

test('the page that says so leads back to where one was, never to another site', async () => {
  expect(await linkOn('/nothing?a=1')).toBe('/nothing?a=1');
  expect(await linkOn('//evil.example/')).toBe('/evil.example/');
});

test('the page carries who is looking, and a name cannot break out of it', async () => {
  const answer = await ask({ method: 'GET', url: '/sidebar/?from=chat', headers: cookie });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['cache-control']).toBe('no-store');
  const [, json = ''] = /<script type="application\/json" id="nextline-boot">(.*?)<\/script>/.exec(answer.body) ?? [];
  expect(JSON.parse(json)).toMatchObject({
    staff: { userId: 'guide', name: '</script><b>&"$&', role: 'guide' },
    signature: { url: 'http://localhost:7320/sidebar/?from=chat', signature: expect.stringMatching(/^[0-9a-f]{40}$/) },
    trustedHost: 'localhost:7320',
    timeZone: 'Asia/Shanghai',
  });
});

test('assets may be kept for ever, the bare page is not to be had without its data', async () => {
  expect((await ask({ method: 'GET', url: '/sidebar/assets/index-abc.js' })).headers['cache-control']).toContain('immutable');
  expect((await ask({ method: 'GET', url: '/sidebar/index.html' })).statusCode).toBe(404);
  expect((await ask({ method: 'GET', url: '/sidebar/..%2f..%2fpackage.json' })).statusCode).not.toBe(200);
});

test('the policy forbids framing, foreign scripts and foreign connections; avatars of this WeCom are named', async () => {
  const policy = String((await ask({ method: 'GET', url: '/sidebar/', headers: cookie })).headers['content-security-policy']);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain(`img-src 'self' data: blob: https: ${world.simulator?.url}`);
});

test('what is not a page may do nothing where it is shown as one, and a refusal is protected like an answer', async () => {
  for (const url of ['/api/sidebar/customers/nobody', '/api/nothing']) {
    const { headers } = await ask({ method: 'GET', url });
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
    });
  }
  const page = (await ask({ method: 'GET', url: '/sidebar/', headers: cookie })).headers;
  expect(page).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin' });
});

test('a write from another origin, another site or a sibling domain is refused', async () => {
  expect(await codeOfNote({ origin: 'https://evil.example' })).toBe('request.foreign_origin');
  expect(await codeOfNote({ origin: 'null' })).toBe('request.foreign_origin');
  expect(await codeOfNote({ 'sec-fetch-site': 'cross-site' })).toBe('request.foreign_origin');
  expect(await codeOfNote({ 'sec-fetch-site': 'same-site', origin: 'http://localhost:7320' })).toBe('request.foreign_origin');
  expect(await codeOfNote({ 'sec-fetch-site': 'same-origin', origin: 'http://localhost:7320' })).not.toBe('request.foreign_origin');
});

test('broken JSON, a prototype in it and an invisible NUL are refused with 400', async () => {
  for (const body of ['{', '{"__proto__":{"a":1}}', String.raw`{"query":"a\u0000b"}`]) {
    const answer = await note(body);
    expect([body, answer.statusCode, answer.json<{ error: { code: string } }>().error.code]).toEqual([body, 400, 'request.invalid']);
  }
  expect((await ask({ method: 'GET', url: '/api/sidebar/customers/a%00b', headers: cookie })).statusCode).toBe(400);
});

test('a body of more than 64 kB is refused with 413', async () => {
  expect((await note({ query: 'x'.repeat(70_000) })).statusCode).toBe(413);
});

test('a signature is made for pages of ours only', async () => {
  expect((await sign('http://localhost:7320/sidebar/?a=1#hash')).json()).toMatchObject({ url: 'http://localhost:7320/sidebar/?a=1' });
  for (const url of ['http://localhost:7321/sidebar/', 'https://evil.example/', 'http://localhost:7320@evil.example/', 'nonsense']) {
    const answer = await sign(url);
    expect([url, answer.statusCode]).toEqual([url, 400]);
  }
});

test('the API is described in valid OpenAPI: every route of it, with who may ask and how it refuses', async () => {
  const answer = await ask({ method: 'GET', url: '/docs/json' });
  const { errors } = await new Validator().validate(answer.json());
  expect(errors).toBeUndefined();
  const { paths } = answer.json<{ paths: Record<string, object> }>();
  // For browsers, for WeCom, for Prometheus, and a stream of events, which is no answer that OpenAPI knows.
  const hiding = globSync('**/*.routes.ts', { cwd: import.meta.dirname }).filter((file) =>
    /hide: true/.test(readFileSync(join(import.meta.dirname, file), 'utf8')),
  );
  expect(hiding.toSorted()).toEqual([
    'health/health.routes.ts',
    'identity/sign-in.routes.ts',
    'pages/pages.routes.ts',
    'scripts/library-changes.routes.ts',
    'scripts/media.routes.ts',
    'wecom-callback/callback.routes.ts',
  ]);
  expect(paths['/api/sidebar/js-signature']).toMatchObject({ get: { security: [{ session: [] }], responses: { 200: {}, default: {} } } });
  expect((await ask({ method: 'GET', url: '/docs/' })).statusCode).toBe(200);
});

test('health tells what it knows; names and numbers only inside the private network', async () => {
  const inside = await ask({ method: 'GET', url: '/health/ready' });
  expect(inside.json()).toMatchObject({ database: 'ok', wecom: { reachable: true }, sync: { finished: false, reasons: {} } });
  const outside = { remoteAddress: '203.0.113.9' };
  expect((await ask({ method: 'GET', url: '/health/ready', ...outside })).json<{ sync: object }>().sync).not.toHaveProperty('reasons');
  expect((await ask({ method: 'GET', url: '/metrics', ...outside })).statusCode).toBe(404);
  const metrics = (await ask({ method: 'GET', url: '/metrics' })).body;
  expect(metrics).toContain('nextline_callback_inbox_waiting 0');
  expect(metrics).toMatch(/nextline_http_request_seconds_count\{method="GET",route="\/health\/ready",status="200"\} [1-9]/);
});

test('one person who asks too often is slowed down, others are not', async () => {
  const { corpId } = world.deps.config.wecom;
  await world.deps.db.insert(staff).values({ corpId, staffUserId: 'busy', name: '忙', syncedAt: world.clock.now() });
  const url = '/api/sidebar/js-signature?url=http://localhost:7320/';
  const busy = world.cookieOf('busy');
  for (let n = 0; n < 100; n += 1) expect((await ask({ method: 'GET', url, headers: busy })).statusCode).toBe(200);
  const refused = await ask({ method: 'GET', url, headers: busy });
  expect([refused.statusCode, refused.json<{ error: { code: string } }>().error.code]).toEqual([429, 'request.too_many']);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await ask({ method: 'GET', url, headers: cookie })).statusCode).toBe(200);
});

test('of a burst within one moment those go through for whom there is room', async () => {
  const { corpId } = world.deps.config.wecom;
  await world.deps.db.insert(staff).values({ corpId, staffUserId: 'hasty', name: '急', syncedAt: world.clock.now() });
  const request = { method: 'GET', url: '/api/sidebar/js-signature?url=http://localhost:7320/', headers: world.cookieOf('hasty') } as const;
  const answers = await Promise.all(Array.from({ length: 130 }, () => ask(request)));
  expect(answers.map((answer) => answer.statusCode).toSorted()).toEqual([...Array(100).fill(200), ...Array(30).fill(429)]);
});

test('while Postgres is away requests get 503 with Retry-After, and it heals by itself', async () => {
  const other = await startTestApp();
  const { database } = other;
  await other.deps.db
    .insert(staff)
    .values({ corpId: other.deps.config.wecom.corpId, staffUserId: 'a', name: 'A', syncedAt: other.clock.now() });
  const url = '/api/sidebar/js-signature?url=http://localhost:7320/';
  await database.breakConnections(true);
  const answer = await other.app.inject({ method: 'GET', url, headers: other.cookieOf('a') });
  expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '3']);
  expect(answer.json()).toMatchObject({ error: { code: 'store.unavailable' } });
  expect((await other.app.inject({ method: 'GET', url: '/health/ready' })).statusCode).toBe(503);
  expect((await other.app.inject({ method: 'GET', url: '/health/live' })).statusCode).toBe(200);
  const page = await other.app.inject({ method: 'GET', url: '/sidebar/', headers: { ...other.cookieOf('a'), accept: 'text/html' } });
  expect([page.statusCode, page.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
  await database.breakConnections(false);
  await eventually(async () => (await other.app.inject({ method: 'GET', url: '/health/ready' })).statusCode === 200);
  await other.close();
});
