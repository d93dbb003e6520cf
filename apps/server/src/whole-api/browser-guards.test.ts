/** T21: what a browser can be made to do from elsewhere, on every route that there is. */
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { createSessions } from '../identity/sessions.ts';
import type { TestApp } from '../test-app.ts';
import { addressOf, nameOf, readApiRoutes } from './api-routes.ts';
import { openCorp } from './test-full-corp.ts';

type Asked = { name: string; method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; url: string };
let world: TestApp;
let api: Asked[];
/** What the document does not describe: pages, the sign-in, files. */
const elsewhere: Asked[] = [
  '/',
  '/sidebar',
  '/sidebar/',
  '/sidebar/assets/none.js',
  '/admin',
  '/admin/',
  '/admin/people',
  '/admin/assets/none.js',
  '/auth/start',
  '/auth/callback?code=x&state=y',
  '/auth/signed-out',
  '/docs',
  '/docs/json',
  '/health/live',
  '/health/ready',
  '/metrics',
  '/media/none',
  '/nothing',
  '/api/nothing',
  '/api/%ED%A0%80',
].map((url): Asked => ({ name: `GET ${url}`, method: 'GET', url }));

beforeAll(async () => {
  world = await openCorp();
  api = (await readApiRoutes(world.app))
    .filter(({ path }) => path.startsWith('/api/'))
    .map((route) => {
      const params = Object.fromEntries(route.parameters.filter((one) => one.in === 'path').map((one) => [one.name, 'x']));
      return { name: nameOf(route), method: route.method, url: addressOf(route, params) };
    });
});
afterAll(() => world.close());

const ask = ({ method, url }: Asked, headers: Record<string, string>, more: Partial<InjectOptions> = {}) =>
  world.app.inject({ method, url, headers, ...more });
const codeOf = (body: string): string => JSON.parse(body).error.code;
const isWrite = ({ method }: Asked) => method !== 'GET';

/** Cookies that somebody might have got hold of or made. */
function uselessCookies(): [string, string][] {
  const { cookie } = world.cookieOf('admin');
  const read = readConfig({
    PUBLIC_URL: 'http://localhost:7320',
    SESSION_KEY: 'the session key of another installation, 32 and more',
    DATABASE_URL: 'postgres://localhost/nextline',
    WECOM_CORP_ID: world.deps.config.wecom.corpId,
    WECOM_AGENT_ID: world.deps.config.wecom.agentId,
    WECOM_SECRET: 'secret',
    WECOM_CALLBACK_TOKEN: 'token',
    WECOM_CALLBACK_AES_KEY: 'a'.repeat(43),
  });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const { wecom } = world.deps.config;
  const foreign = createSessions(read.config, world.clock);
  const otherApp = createSessions({ ...world.deps.config, wecom: { ...wecom, agentId: '1' } }, world.clock);
  const otherCorp = createSessions({ ...world.deps.config, wecom: { ...wecom, corpId: 'wwother' } }, world.clock);
  const longAgo = createSessions(world.deps.config, { now: () => new Date(world.clock.now().getTime() - 13 * 3_600_000) });
  const name = foreign.cookieName;
  return [
    ['none', ''],
    ['cut short', cookie.slice(0, -4)],
    ['changed in one place', cookie.slice(0, -10) + (cookie.at(-10) === 'A' ? 'B' : 'A') + cookie.slice(-9)],
    ['sealed with another key', `${name}=${foreign.begin('admin')}`],
    ['of another app of this corp', `${name}=${otherApp.begin('admin')}`],
    ['of another corp', `${name}=${otherCorp.begin('admin')}`],
    ['of this morning', `${name}=${longAgo.begin('admin')}`],
    ['of somebody who is not here', world.cookieOf('nobody').cookie],
    ['not ours', `${name}=admin`],
  ];
}

test('T21: with no cookie, or one that is stolen from elsewhere, forged, changed or old, every route answers 401 and does nothing', async () => {
  const let_in: string[] = [];
  for (const [what, cookie] of uselessCookies())
    for (const route of api) {
      const answer = await ask(route, cookie === '' ? {} : { cookie });
      if (answer.statusCode !== 401 || codeOf(answer.body) !== 'session.required')
        let_in.push(`${route.name}, cookie ${what}: ${answer.statusCode}`);
    }
  expect(let_in).toEqual([]);
});

test('T21: a write from another origin, a sibling domain or a page without one is refused on every route, with a good cookie and without', async () => {
  const done: string[] = [];
  const from: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:7321' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://localhost:7320', 'sec-fetch-site': 'cross-site' },
  ];
  const signOut: Asked = { name: 'POST /auth/sign-out', method: 'POST', url: '/auth/sign-out' };
  for (const route of [...api.filter(isWrite), signOut])
    for (const headers of from) {
      const answer = await ask(route, { ...world.cookieOf('admin'), ...headers });
      if (answer.statusCode !== 403 || codeOf(answer.body) !== 'request.foreign_origin')
        done.push(`${route.name} from ${JSON.stringify(headers)}: ${answer.statusCode}`);
    }
  expect(done).toEqual([]);
});

test('T21: a form of another page cannot speak for a person: what is not JSON, or a file sent to one of our pages, is no request', async () => {
  const done: string[] = [];
  for (const route of api.filter(isWrite))
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const answer = await ask(route, { ...world.cookieOf('admin'), 'content-type': type }, { payload: '{"a":1}' });
      if (answer.statusCode < 400 || answer.statusCode >= 500) done.push(`${route.name} with ${type}: ${answer.statusCode}`);
    }
  expect(done).toEqual([]);
});

test('T21: no answer tells another origin that it may read it', async () => {
  const told: string[] = [];
  for (const route of [...api, ...elsewhere])
    for (const method of [route.method, 'OPTIONS'] as const) {
      const answer = await world.app.inject({
        method,
        url: route.url,
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'PUT', ...world.cookieOf('auditor') },
      });
      if (Object.keys(answer.headers).some((header) => header.startsWith('access-control-'))) told.push(`${method} ${route.url}`);
    }
  expect(told).toEqual([]);
});

test('T21: no page and no answer may be framed or guessed to be something else, also when it is a refusal', async () => {
  const open: string[] = [];
  for (const route of [...api, ...elsewhere])
    for (const who of [{}, world.cookieOf('auditor')]) {
      const { headers } = await ask(route, { ...who, accept: 'text/html' });
      const policy = String(headers['content-security-policy'] ?? '');
      const guarded =
        policy.includes("frame-ancestors 'none'") &&
        headers['x-frame-options'] === 'DENY' &&
        headers['x-content-type-options'] === 'nosniff';
      if (!guarded) open.push(`${route.name}: ${policy}`);
    }
  expect(open).toEqual([]);
});

test('T21: a page without a session leads to the sign-in and carries nothing', async () => {
  for (const url of ['/sidebar/', '/admin/', '/admin/people']) {
    const answer = await world.app.inject({ url, headers: { accept: 'text/html' } });
    expect([url, answer.statusCode]).toEqual([url, 302]);
    expect(answer.body).not.toContain('nextline-boot');
  }
});
