import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asking, openConsole, wholeFilter } from '../customers/test-console.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock } from '../test-shop.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openConsole(app);
});
afterAll(() => app.close());

const ask: ReturnType<typeof asking> = (...args) => asking(app)(...args);
const save = (who: string, segmentId: string, name: string, shared: boolean) =>
  ask(who, 'PUT', `/segments/${segmentId}`, { name, filter: wholeFilter({ silentDays: 30 }), shared });
const names = async (who: string) => (await ask(who, 'GET', '/segments')).json().segments.map((one: { name: string }) => one.name);

test('a private segment is its owner alone; a shared one is for all to use and for its owner to change', async () => {
  const own = uuidv7();
  expect((await save('yiming', own, '沉默一个月', false)).json()).toMatchObject({ mine: true, ownerName: '陆一鸣' });
  expect(await names('shen')).toEqual([]);
  expect((await ask('shen', 'GET', `/segments/${own}/count`)).statusCode).toBe(404);
  expect((await save('shen', own, '抢过来', false)).statusCode).toBe(404);
  await save('yiming', own, '沉默一个月', true);
  expect(await names('shen')).toEqual(['沉默一个月']);
  expect((await save('shen', own, '抢过来', true)).statusCode).toBe(403);
  expect((await ask('shen', 'DELETE', `/segments/${own}`)).statusCode).toBe(403);
});

test('how many are in it is counted when somebody asks, by the eyes of who asks', async () => {
  const segmentId = uuidv7();
  await save('yiming', segmentId, '很久没动静', true);
  const count = async (who: string) => (await ask(who, 'GET', `/segments/${segmentId}/count`)).json();
  expect(await count('yiming')).toEqual({ count: 3, more: false, filling: null });
  expect(await count('lu')).toEqual({ count: 2, more: false, filling: null });
});

test('two of one name could not be told apart', async () => {
  const answer = await save('yiming', uuidv7(), ' 很久没动静 ', false);
  expect([answer.statusCode, answer.json().error.details]).toEqual([409, { field: 'name' }]);
});

test('one that is deleted is gone', async () => {
  const segmentId = uuidv7();
  await save('yiming', segmentId, '临时', false);
  const left = (await ask('yiming', 'DELETE', `/segments/${segmentId}`)).json().segments;
  expect(left.map((one: { name: string }) => one.name)).not.toContain('临时');
  expect((await ask('yiming', 'DELETE', `/segments/${segmentId}`)).statusCode).toBe(404);
});
