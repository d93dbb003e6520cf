import { doctorReport } from '@nextline/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { staff } from '../identity/identity.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';

let shop: TestApp;
beforeAll(async () => {
  shop = await startTestApp({ wecom: 'simulator', listen: true });
  const { corpId } = shop.deps.config.wecom;
  const syncedAt = shop.clock.now();
  const roles = ['guide', 'manager', 'operator', 'admin', 'auditor'] as const;
  await shop.deps.db.insert(staff).values(roles.map((role) => ({ corpId, staffUserId: role, name: role, role, syncedAt })));
});
afterAll(() => shop.close());

const ask = (staffUserId: string | null) =>
  shop.app.inject({ url: '/api/admin/doctor', headers: staffUserId === null ? {} : shop.cookieOf(staffUserId) });

test('guides and managers are turned away, strangers must sign in', async () => {
  expect((await ask('guide')).statusCode).toBe(403);
  expect((await ask('manager')).json()).toMatchObject({ error: { code: 'session.forbidden' } });
  expect((await ask(null)).statusCode).toBe(401);
});

test('operators, admins and auditors get the report, and however many ask at once, WeCom is asked once', async () => {
  const answers = await Promise.all(['operator', 'admin', 'auditor', 'admin', 'admin'].map(ask));
  expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200, 200, 200]);
  expect(doctorReport.parse(answers[0]?.json()).checks.find((check) => check.id === 'secret')?.state).toBe('ok');
  expect(answers[0]?.headers['cache-control']).toBe('no-store');
  const tokens = async () => {
    const answer = await fetch(`${shop.simulator?.url ?? ''}/_sim/calls?path=gettoken&limit=5000`);
    return Number(Object(await answer.json())['total']);
  };
  const english = await shop.app.inject({ url: '/api/admin/doctor', headers: { ...shop.cookieOf('admin'), 'x-language': 'en' } });
  expect(doctorReport.parse(english.json()).checks.find((check) => check.id === 'secret')).toMatchObject({
    code: 'secret.ok',
    title: 'Secret',
    sentence: 'WeCom accepts this secret.',
  });
  const asked = await tokens();
  expect(asked).toBe(1);
  await ask('admin');
  expect(await tokens()).toBe(asked);
  shop.clock.advance(16_000);
  await ask('admin');
  expect(await tokens()).toBe(asked + 1);
});
