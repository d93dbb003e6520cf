import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDatabase } from '../database.ts';
import { createLog } from '../log.ts';
import { stages } from '../stages/stages.table.ts';
import { createTestDatabase, type TestDatabase, testCorpId } from '../test-database.ts';
import { claimMs } from './claim-rows.ts';
import { LeaseLost, whileHolding } from './hold-lease.ts';
import { lockLease, takeLease } from './leases.store.ts';
import { leases } from './leases.table.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const log = createLog('silent');
/** A busy machine takes its time. */
const within = { timeout: 20_000 };
const named = (name: string) => ({ corpId: testCorpId, name });
const deps = () => ({ db: database.db, log });
/** As when its holder has not been heard of for the whole time. */
const runOut = (name: string) =>
  database.db
    .update(leases)
    .set({ heldUntil: sql`clock_timestamp() - interval '1 millisecond'` })
    .where(eq(leases.name, name));
const write = (stageId: string) => ({ corpId: testCorpId, stageId, name: '新客', position: 1 });
const stageIds = async () => (await database.db.select({ id: stages.stageId }).from(stages)).map(({ id }) => id);

/** Goes on when it is told to. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { open: () => resolve(), opened: promise };
}

test('of many processes that begin at once one does the work, and the next may when it has ended', async () => {
  const { open, opened } = gate();
  let begun = 0;
  let refused = 0;
  const tries = Array.from({ length: 20 }, async () => {
    const outcome = await whileHolding(deps(), named('once'), async () => {
      begun += 1;
      await opened;
    });
    if (outcome === null) refused += 1;
  });
  await vi.waitFor(() => expect([begun, refused]).toEqual([1, 19]), within);
  open();
  await Promise.all(tries);
  expect(await whileHolding(deps(), named('once'), async () => 'next')).toEqual({ result: 'next' });
});

test('work that fails gives the lease back and its error comes out', async () => {
  await expect(whileHolding(deps(), named('fails'), () => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
  expect(await whileHolding(deps(), named('fails'), async () => 'again')).toEqual({ result: 'again' });
});

test('T4: a holder that was overtaken cannot write any more, and is told to stop', async () => {
  const overtaken = gate();
  const stale = whileHolding(deps(), { ...named('overtaken'), forMs: 300 }, async (held) => {
    await database.db.transaction(async (tx) => {
      await held.holdFast(tx);
      await tx.insert(stages).values(write('by the first'));
    });
    await overtaken.opened;
    await vi.waitFor(() => expect(held.signal.aborted).toBe(true), within);
    expect(held.mayBegin()).toBe(false);
    await database.db.transaction(async (tx) => {
      await held.holdFast(tx);
      await tx.insert(stages).values(write('too late'));
    });
  });
  await vi.waitFor(async () => expect(await stageIds()).toEqual(['by the first']), within);
  await database.db
    .update(leases)
    .set({ fence: sql`fence + 1` })
    .where(eq(leases.name, 'overtaken'));
  overtaken.open();
  await expect(stale).rejects.toBeInstanceOf(LeaseLost);
  expect(await stageIds()).toEqual(['by the first']);
});

test('T4: nobody takes a lease in the middle of a transaction that holds fast to it', async () => {
  const first = await takeLease(database.db, { ...named('fast'), holder: 'first', forMs: 30_000 });
  const { open, opened } = gate();
  const order: string[] = [];
  const writing = database.db.transaction(async (tx) => {
    expect(first && (await lockLease(tx, first))).toBe(true);
    await opened;
    order.push('written');
  });
  await vi.waitFor(async () => {
    const { rows } = await database.db.execute(
      sql`SELECT FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database()`,
    );
    expect(rows).toHaveLength(1);
  }, within);
  const other = openDatabase({ url: database.url, onError: () => undefined });
  // The clock of the database reaches the end of the lease; the row itself cannot be written while it is held.
  const taking = other.db
    .execute(sql`UPDATE leases SET held_until = clock_timestamp() - interval '1 ms', fence = fence + 1 WHERE name = 'fast'`)
    .then(() => order.push('taken'));
  await vi.waitFor(async () => {
    const { rows } = await database.db.execute(
      sql`SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    );
    expect(rows).toHaveLength(1);
  }, within);
  open();
  await Promise.all([writing, taking]);
  expect(order).toEqual(['written', 'taken']);
  await other.close();
});

test('a lease is renewed while the work goes on, far beyond its first end', async () => {
  const { open, opened } = gate();
  const first = whileHolding(deps(), { ...named('long'), forMs: 1_500 }, () => opened);
  const until = async () =>
    (await database.db.select({ at: leases.heldUntil }).from(leases).where(eq(leases.name, 'long')))[0]?.at.getTime() ?? 0;
  await vi.waitFor(async () => expect(await until()).toBeGreaterThan(0), within);
  const begun = await until();
  await vi.waitFor(async () => expect(await until()).toBeGreaterThan(begun + 300), within);
  expect(await takeLease(database.db, { ...named('long'), holder: 'second', forMs: 1_000 })).toBeNull();
  open();
  await first;
});

test('who waits for a dead holder waits for the lease, at most a minute, and gets a higher fence', async () => {
  expect(claimMs).toBeLessThanOrEqual(60_000);
  const dead = await takeLease(database.db, { ...named('dead'), holder: 'dead', forMs: 30_000 });
  expect(await takeLease(database.db, { ...named('dead'), holder: 'next', forMs: 30_000 })).toBeNull();
  await runOut('dead');
  const next = await takeLease(database.db, { ...named('dead'), holder: 'next', forMs: 30_000 });
  expect(next?.fence).toBe((dead?.fence ?? 0) + 1);
  expect(dead && (await database.db.transaction((tx) => lockLease(tx, dead)))).toBe(false);
});

test('one that ran out and that nobody has taken is renewed and good again', async () => {
  const outcome = await whileHolding(deps(), { ...named('slept'), forMs: 1_500 }, async (held) => {
    await runOut('slept');
    await vi.waitFor(async () => {
      const [row] = await database.db
        .select({ live: sql<boolean>`${leases.heldUntil} > clock_timestamp()` })
        .from(leases)
        .where(eq(leases.name, 'slept'));
      expect(row?.live).toBe(true);
    }, within);
    await database.db.transaction((tx) => held.holdFast(tx));
    return held.mayBegin();
  });
  expect(outcome).toEqual({ result: true });
});

test("the caller's own signal reaches the work", async () => {
  const stop = new AbortController();
  const begun = Promise.withResolvers<void>();
  const outcome = whileHolding(deps(), { ...named('stopped'), signal: stop.signal }, async (held) => {
    begun.resolve();
    await new Promise((aborted) => held.signal.addEventListener('abort', aborted));
    return 'stopped';
  });
  await begun.promise;
  stop.abort();
  expect(await outcome).toEqual({ result: 'stopped' });
});
