import { type Budget, type CallLedger, memoryCallLedger } from '@nextline/wecom';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../database.ts';
import { createTestDatabase, type TestDatabase, testCorpId } from '../test-database.ts';
import { createCallLedger } from './call-ledger.store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const start = 1_780_000_000_000;
const budgets = fc.option(fc.record({ perMinute: fc.integer({ min: 1, max: 60 }), perHour: fc.integer({ min: 1, max: 200 }) }));
const waits = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 200_000 }));
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('take' as const), maxWaitMs: waits }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('blocked' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('block' as const),
      sentMsAgo: fc.integer({ min: 0, max: 10_000 }),
      blockMs: fc.constantFrom(60_000, 3_600_000),
    }),
  },
);
/** Mostly forward; now and then two heard in the wrong order, or a clock set back by an hour or a day. */
const passes = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 90_000 }) },
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constantFrom(-3, -4_999, -5_001, -3_600_000, -86_400_000, 86_400_000) },
);

type Step = { kind: 'take'; maxWaitMs: number } | { kind: 'blocked' } | { kind: 'block'; sentMsAgo: number; blockMs: number };

function ask(ledger: CallLedger, key: string, budget: Budget | null, step: Step): Promise<unknown> {
  if (step.kind === 'take') return ledger.take({ key, budget, maxWaitMs: step.maxWaitMs });
  if (step.kind === 'blocked') return ledger.blockedMs(key);
  return ledger.block({ key, sentMsAgo: step.sentMsAgo, blockMs: step.blockMs });
}

test('the ledger in Postgres decides like the one in memory, whatever is asked and however the clock moves', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(budgets, fc.array(fc.tuple(passes, step), { maxLength: 25 }), async (budget, steps) => {
      const key = `api ${(run += 1)}`;
      let now = start;
      const memory = memoryCallLedger({ now: () => new Date(now) });
      for (const [passed, asked] of steps) {
        now += passed;
        const postgres = createCallLedger(database.db, testCorpId, () => sql`${now}`);
        expect(await ask(postgres, key, budget, asked)).toEqual(await ask(memory, key, budget, asked));
      }
    }),
    { numRuns: 150 },
  );
});

test('four processes that ask at once together get no more than the budget, each slot once', async () => {
  const processes = Array.from({ length: 4 }, () => openDatabase({ url: database.url, max: 4, onError: () => undefined }));
  const budget = { perMinute: 100, perHour: 100_000 };
  const answers = await Promise.all(
    processes.flatMap(({ db }) =>
      Array.from({ length: 100 }, () => createCallLedger(db, testCorpId).take({ key: 'shared', budget, maxWaitMs: 55_000 })),
    ),
  );
  const taken = answers.flatMap((answer) => ('waitMs' in answer ? [answer.waitMs] : []));
  expect(taken.length).toBeGreaterThan(80);
  expect(taken.length).toBeLessThanOrEqual(100);
  const later = taken.filter((waitMs) => waitMs > 0).sort((a, b) => a - b);
  // Spread evenly: no two of those that wait go in the same moment (each counts from its own question, some ms apart).
  expect(later.every((waitMs, n) => n === 0 || waitMs - (later[n - 1] ?? 0) > 0)).toBe(true);
  for (const { close } of processes) await close();
});

test('T8: a block that one process met is known to the others at once, for its key only', async () => {
  const other = openDatabase({ url: database.url, onError: () => undefined });
  const [mine, theirs] = [database.db, other.db].map((db) => createCallLedger(db, testCorpId));
  const request = { budget: null, maxWaitMs: 0 };
  await mine?.take({ key: 'blocked', ...request });
  expect(await mine?.block({ key: 'blocked', sentMsAgo: 5, blockMs: 60_000 })).toBe(60_000);
  const answer = await theirs?.take({ key: 'blocked', ...request });
  expect(answer && 'retryAfterMs' in answer ? answer.retryAfterMs : 0).toBeGreaterThan(59_000);
  expect(await theirs?.blockedMs('blocked')).toBeGreaterThan(59_000);
  expect(await theirs?.take({ key: 'free', ...request })).toEqual({ waitMs: 0 });
  await other.close();
});
