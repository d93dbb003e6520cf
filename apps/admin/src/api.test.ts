import type { AdminBoot } from '@nextline/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiFailure } from './api-failure.ts';
import { addressOf, api } from './api.ts';
import { setBoot } from './boot.ts';
import { lookWhoSignedIn, signInNeeded } from './sign-in/session.ts';

const boot = (userId: string, name: string): AdminBoot => ({
  corpId: 'ww1',
  corpName: '素蘅',
  publicUrl: 'http://localhost:7320',
  staff: { userId, name, role: 'admin', avatarUrl: null, storeId: null, storeName: null },
  permissions: ['doctor.read'],
  lastSyncedAt: null,
  scriptsInReview: 0,
  serverTime: '2026-06-09T06:32:00.000Z',
  timeZone: 'Asia/Shanghai',
});

/** Answers what the server would, and keeps what it was asked. */
const asked: Request[] = [];
let signedIn: AdminBoot | 'without a console' | null;
beforeEach(() => {
  asked.length = 0;
  const shenqiao = boot('shenqiao', '沈乔');
  signedIn = shenqiao;
  setBoot(shenqiao);
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    asked.push(new Request(`http://localhost${path}`, init));
    if (!signedIn) return Response.json({ error: { code: 'session.required', message: '登录过期了。' } }, { status: 401 });
    if (signedIn === 'without a console')
      return Response.json({ error: { code: 'session.forbidden', message: '这里没有给导购用的页面。' } }, { status: 403 });
    if (path === '/api/admin/me') return Response.json(signedIn);
    return Response.json({ checkedAt: '2026-06-09T06:32:00.000Z', checks: [] });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  signInNeeded.value = null;
});

test('an address is filled with what it names, and a filter that is not set is left out', () => {
  expect(addressOf('/api/admin/scripts/:scriptId', { params: { scriptId: 'a/b?' }, query: { q: '换季', cursor: undefined } })).toBe(
    '/api/admin/scripts/a%2Fb%3F?q=%E6%8D%A2%E5%AD%A3',
  );
});

test('calls that meet the end of the session wait for one sign-in, then go through', async () => {
  signedIn = null;
  const both = Promise.all([api('GET /api/admin/doctor'), api('GET /api/admin/me')]);
  await vi.waitFor(() => expect(signInNeeded.value).toEqual({ other: null }));
  expect(await lookWhoSignedIn()).toBe(false);
  signedIn = boot('shenqiao', '沈乔');
  expect(await lookWhoSignedIn()).toBe(true);
  expect((await both)[1]).toMatchObject({ staff: { userId: 'shenqiao' } });
  expect(signInNeeded.value).toBeNull();
});

test('who signs in as somebody else is named, and nothing is done in their name', async () => {
  signedIn = null;
  const waiting = api('GET /api/admin/doctor');
  await vi.waitFor(() => expect(signInNeeded.value).not.toBeNull());
  const before = asked.length;
  signedIn = boot('luyiming', '陆一鸣');
  expect(await lookWhoSignedIn()).toBe(false);
  expect(signInNeeded.value).toEqual({ other: '陆一鸣' });
  expect(asked.slice(before).map(({ url }) => url)).toEqual(['http://localhost/api/admin/me']);
  signedIn = boot('shenqiao', '沈乔');
  await lookWhoSignedIn();
  await waiting;
  expect(asked.at(-1)?.headers.get('x-shown-staff')).toBe('shenqiao');
});

test('who signs in again and has no console any more is told so, and does not wait without a word', async () => {
  signedIn = null;
  const waiting = api('GET /api/admin/doctor');
  await vi.waitFor(() => expect(signInNeeded.value).not.toBeNull());
  signedIn = 'without a console';
  expect(await lookWhoSignedIn()).toBe(false);
  expect(signInNeeded.value).toEqual({ other: null, refused: '这里没有给导购用的页面。' });
  signedIn = boot('shenqiao', '沈乔');
  expect(await lookWhoSignedIn()).toBe(true);
  await waiting;
});

test('a server that cannot be reached is one sentence and keeps what was typed', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('Failed to fetch');
  });
  await expect(api('GET /api/admin/doctor')).rejects.toThrow(ApiFailure);
  await expect(api('GET /api/admin/doctor')).rejects.toThrow('填的内容都还在');
});

test('a page of a proxy in between is a failure with its status', async () => {
  vi.stubGlobal('fetch', async () => new Response('<h1>502</h1>', { status: 502 }));
  await expect(api('GET /api/admin/doctor')).rejects.toMatchObject({ status: 502, code: 'http.502' });
});
