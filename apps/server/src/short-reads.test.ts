import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { databaseIsAway } from './database-away.ts';
import { openShortReads, type ShortReads } from './short-reads.ts';
import { createTestDatabase } from './test-database.ts';

const echo = (n: number) => ({ name: 'echo', text: 'SELECT $1::int AS n, pg_backend_pid() AS pid', values: [n] });
type Echo = { n: number; pid: number };

async function open(): Promise<{ reads: ShortReads; ownerUrl: string; errors: Error[] }> {
  const { url, ownerUrl } = await createTestDatabase();
  const errors: Error[] = [];
  const reads = openShortReads({ url, onError: (error) => errors.push(error) });
  onTestFinished(() => reads.close());
  return { reads, ownerUrl, errors };
}

async function endBackends(ownerUrl: string, pids: number[]): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [pids]);
  await owner.end();
}

test('three hundred reads at once get their own answers over two connections', async () => {
  const { reads } = await open();
  const answers = await Promise.all(Array.from({ length: 300 }, (_, n) => reads.query<Echo>(echo(n))));
  expect(answers.map(([row]) => row?.n)).toEqual(Array.from({ length: 300 }, (_, n) => n));
  expect(new Set(answers.map(([row]) => row?.pid)).size).toBe(2);
});

test('a read that fails fails alone', async () => {
  const { reads } = await open();
  const divide = (by: number) => reads.query<{ q: number }>({ name: 'divide', text: 'SELECT 6 / $1::int AS q', values: [by] });
  const answers = await Promise.allSettled([3, 0, 2, 0, 1, 6].map(divide));
  expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value[0]?.q : answer.reason.code))).toEqual([
    2,
    '22012',
    3,
    '22012',
    6,
    1,
  ]);
});

test('a connection that breaks is replaced by the next read', async () => {
  const { reads, ownerUrl, errors } = await open();
  const pids = (await Promise.all([reads.query<Echo>(echo(1)), reads.query<Echo>(echo(2))])).map(([row]) => row?.pid ?? 0);
  await endBackends(ownerUrl, pids);
  await expect.poll(() => errors.length).toBe(2);
  const again = await Promise.all([reads.query<Echo>(echo(3)), reads.query<Echo>(echo(4))]);
  expect(again.map(([row]) => row?.n)).toEqual([3, 4]);
  expect(again.some(([row]) => pids.includes(row?.pid ?? 0))).toBe(false);
});

test('what is under way on a connection that breaks is told so, and nobody waits for ever', async () => {
  const { reads, ownerUrl } = await open();
  const [row] = await reads.query<Echo>(echo(1));
  const slow = reads.query({ name: 'slow', text: 'SELECT pg_sleep(30)', values: [] });
  const behind = Promise.allSettled([slow, reads.query(echo(2)), reads.query(echo(3))]);
  await endBackends(ownerUrl, [row?.pid ?? 0]);
  const [first] = await behind;
  expect(first).toMatchObject({ status: 'rejected' });
});

test('nothing is lost when it closes behind the last question', async () => {
  const { reads } = await open();
  await reads.query(echo(0));
  const last = Promise.all(Array.from({ length: 50 }, (_, n) => reads.query<Echo>(echo(n))));
  await reads.close();
  expect((await last).map(([row]) => row?.n)).toEqual(Array.from({ length: 50 }, (_, n) => n));
});

test('a Postgres that has gone without a word is given up, and what was under way on it is told so', async () => {
  const { url } = await createTestDatabase();
  const reads = openShortReads({ url, onError: () => undefined, silentForMs: 200 });
  onTestFinished(() => reads.close());
  const silent = reads.query({ name: 'silent', text: 'SELECT pg_sleep(30)', values: [] });
  await expect(silent).rejects.toSatisfy(databaseIsAway);
  expect((await reads.query<Echo>(echo(1)))[0]?.n).toBe(1);
});
