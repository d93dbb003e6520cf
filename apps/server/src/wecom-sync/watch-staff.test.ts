import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { fullSync } from './full-sync.ts';
import { watchStaff } from './watch-staff.ts';

vi.setConfig({ testTimeout: 60_000 });

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp({ wecom: 'simulator' });
  await fullSync(world.deps, new AbortController().signal);
});
afterAll(() => world.close());

test('people who are hidden from the app, of whom each look asks again, are asked about several at a time and never more than WeCom bears', async () => {
  const console = world.simulator?.world.console;
  if (!console) throw new Error('no simulator');
  console.visibleStaff = ['zhouyining'];
  let underWay = 0;
  let most = 0;
  const asked: string[] = [];
  const staff = async (userId: string) => {
    asked.push(userId);
    underWay += 1;
    most = Math.max(most, underWay);
    return world.deps.wecom.staff(userId).finally(() => (underWay -= 1));
  };
  await watchStaff({ ...world.deps, wecom: { ...world.deps.wecom, staff } });
  expect(asked.length).toBeGreaterThan(25);
  expect(new Set(asked).size).toBe(asked.length);
  expect(most).toBe(5);
});
