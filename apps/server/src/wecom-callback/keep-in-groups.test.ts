import { expect, test, vi } from 'vitest';
import { keepInGroups, mostWaiting } from './keep-in-groups.ts';

/** A disk whose commits end when the test says so. */
function slowDisk(failing: (rows: string[]) => Error | null = () => null) {
  const commits: { rows: string[]; end: () => void }[] = [];
  const kept: string[] = [];
  const keep = (rows: string[]) =>
    new Promise<void>((done, fail) => {
      const end = () => {
        const error = failing(rows);
        if (error) return fail(error);
        kept.push(...rows);
        done();
      };
      commits.push({ rows, end });
    });
  return { commits, kept, keep };
}
const gone = new Error('the database is away');
const concernsAll = (error: unknown) => error === gone;
const patienceMs = 4_000;
const tooMany = () => new Error('come again');
const keepAll = <Row>(options: Parameters<typeof keepInGroups<Row>>[0]) => {
  const keepOne = keepInGroups(options);
  return (row: Row) => keepOne(row, patienceMs);
};
const turn = () => new Promise((done) => setImmediate(done));

/** Ends each commit as it is begun, until there is none any more. */
async function endAll(commits: { end: () => void }[]): Promise<void> {
  await turn();
  for (const commit of commits) {
    commit.end();
    await turn();
    await turn();
  }
}

test('what comes within one turn goes together, and so does what comes while a commit is under way', async () => {
  const { commits, keep } = slowDisk();
  const keepOne = keepAll({ keep, concernsAll, tooMany });
  const first = ['a', 'b'].map((row) => keepOne(row));
  await turn();
  expect(commits.map(({ rows }) => rows)).toEqual([['a', 'b']]);
  const next = ['c', 'd', 'e'].map((row) => keepOne(row));
  await turn();
  expect(commits).toHaveLength(1);
  commits[0]?.end();
  await Promise.all(first);
  await turn();
  expect(commits.map(({ rows }) => rows)).toEqual([
    ['a', 'b'],
    ['c', 'd', 'e'],
  ]);
  commits[1]?.end();
  await Promise.all(next);
});

test('nobody is told before the commit that holds the row is done', async () => {
  const { commits, keep } = slowDisk();
  const keepOne = keepAll({ keep, concernsAll, tooMany });
  let told = false;
  const kept = keepOne('a').then(() => (told = true));
  await turn();
  expect(commits).toHaveLength(1);
  expect(told).toBe(false);
  commits[0]?.end();
  await kept;
});

test('the next group is on its way to the database before the last one is told', async () => {
  const { commits, keep } = slowDisk();
  const keepOne = keepAll({ keep, concernsAll, tooMany });
  const first = keepOne('a').then(() => commits.length);
  await turn();
  const next = keepOne('b');
  commits[0]?.end();
  expect(await first).toBe(2);
  commits[1]?.end();
  await next;
});

test('when the database is away everybody of the group is told so, once', async () => {
  const { commits, keep } = slowDisk(() => gone);
  const keepOne = keepAll({ keep, concernsAll, tooMany });
  const all = ['a', 'b', 'c', 'd'].map((row) => keepOne(row).catch((error: unknown) => error));
  await endAll(commits);
  expect(await Promise.all(all)).toEqual([gone, gone, gone, gone]);
  expect(commits).toHaveLength(1);
});

test('a row that cannot be kept fails alone: the others of its group are kept', async () => {
  const odd = new Error('value too long');
  const { commits, kept, keep } = slowDisk((rows) => (rows.includes('odd') ? odd : null));
  const keepOne = keepAll({ keep, concernsAll, tooMany });
  const all = ['a', 'b', 'c', 'odd', 'd'].map((row) => keepOne(row).catch((error: unknown) => error));
  await endAll(commits);
  expect(await Promise.all(all)).toEqual([undefined, undefined, undefined, odd, undefined]);
  expect(kept.toSorted()).toEqual(['a', 'b', 'c', 'd']);
});

test('a burst of a thousand is a handful of commits', async () => {
  let commits = 0;
  const keepOne = keepAll<number>({
    tooMany,
    async keep() {
      commits += 1;
      await turn();
    },
    concernsAll,
  });
  await Promise.all(Array.from({ length: 1_000 }, (_, n) => keepOne(n)));
  expect(commits).toBeLessThanOrEqual(8);
});

test('while a database does not answer only so many wait: whoever comes then is told at once to come again, and those who wait are kept', async () => {
  const { commits, kept, keep } = slowDisk();
  const keepOne = keepAll({ keep, concernsAll, tooMany });
  const first = keepOne('first');
  await turn();
  const all = Array.from({ length: mostWaiting }, (_, n) => keepOne(String(n)));
  await expect(keepOne('one too many')).rejects.toThrow('come again');
  await endAll(commits);
  await Promise.all([first, ...all]);
  expect(new Set(kept).size).toBe(mostWaiting + 1);
});

test('who was told in the meantime that it is not kept is not kept later either', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const { commits, kept, keep } = slowDisk();
    const keepOne = keepInGroups({ keep, concernsAll, tooMany });
    const patient = keepOne('patient', 2 * patienceMs);
    await turn();
    const refused = keepOne('late', patienceMs).catch((error: unknown) => String(error));
    vi.advanceTimersByTime(patienceMs);
    const inTime = keepOne('in time', patienceMs);
    await endAll(commits);
    await Promise.all([patient, inTime]);
    expect(await refused).toContain('come again');
    expect(kept).toEqual(['patient', 'in time']);
  } finally {
    vi.useRealTimers();
  }
});

test('who waits for a commit that does not end is told so when it is time', async () => {
  const keepOne = keepInGroups<string>({ keep: () => new Promise(() => undefined), concernsAll, tooMany });
  const all = [keepOne('under way', 20), keepOne('under way too', 20)];
  await turn();
  all.push(keepOne('behind it', 20));
  const told = await Promise.all(all.map((one) => one.catch((error: unknown) => String(error))));
  expect(told).toEqual(Array(3).fill('Error: come again'));
});
