import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDatabaseClock } from './database-clock.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const minute = 60_000;
const quiet = () => ({ warn: vi.fn<() => void>() });

test.each([
  ['an hour ahead', 60 * minute],
  ['an hour behind', -60 * minute],
  ['a day ahead', 1440 * minute],
  ['a day behind', -1440 * minute],
])("T14: a process whose machine's clock is %s uses the database's time, and says so once", async (_, ahead) => {
  const right = Date.now();
  const wrong = vi.spyOn(Date, 'now').mockImplementation(() => right + ahead);
  const log = quiet();
  const clock = await openDatabaseClock({ db: database.db, log });
  wrong.mockRestore();
  expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(1_000);
  expect(log.warn).toHaveBeenCalledOnce();
  clock.stop();
});

test('T14: a clock that somebody moves while the process runs moves nothing', async () => {
  const clock = await openDatabaseClock({ db: database.db, log: quiet() });
  const before = clock.now().getTime();
  const moved = vi.spyOn(Date, 'now').mockImplementation(() => 0);
  const after = clock.now().getTime();
  moved.mockRestore();
  expect(after - before).toBeGreaterThanOrEqual(0);
  expect(after - before).toBeLessThan(1_000);
  clock.stop();
});

test('after a machine has slept, which only its clock on the wall shows, the database is asked at once', async () => {
  let asked = 0;
  const execute: typeof database.db.execute = (query) => {
    asked += 1;
    return database.db.execute(query);
  };
  const clock = await openDatabaseClock({ db: { execute }, log: quiet() });
  clock.now();
  expect(asked).toBe(1);
  const woken = Date.now() + 60 * minute;
  const wall = vi.spyOn(Date, 'now').mockImplementation(() => woken);
  clock.now();
  clock.now();
  expect(asked).toBe(2);
  wall.mockRestore();
  clock.stop();
});

test('while the database is away the time goes on', async () => {
  const clock = await openDatabaseClock({ db: database.db, log: quiet() });
  await database.breakConnections(true);
  const before = clock.now().getTime();
  await vi.waitFor(() => expect(clock.now().getTime()).toBeGreaterThan(before), { timeout: 10_000 });
  await database.breakConnections(false);
  clock.stop();
});
