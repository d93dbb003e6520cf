import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ground, startGround } from './ground.ts';
import { loneRows, rows } from './rows.ts';
import { live } from './simulation/life.ts';

/** A seed that changes by itself would make a failure that nobody can have again. */
const seed = 17;
/** Whoever runs the tests has other work on the machine: this is about what holds, `pnpm chaos` about how fast. */
const share = 0.01;

let ground: Ground;
let stop = async (): Promise<void> => undefined;
beforeAll(async () => {
  ground = await startGround((end) => (stop = end));
}, 120_000);
afterAll(() => stop());

test.each(rows.map((row) => [row.id, row.what, row] as const))(
  '%s: %s (short form)',
  async (_id, _what, row) => {
    const { broken } = await row.run(ground, { seed, seconds: row.short.seconds, share });
    expect(broken).toEqual([]);
  },
  120_000,
);

test.each(loneRows.map((row) => [row.id, row.what, row] as const))('%s: %s (short form)', async (_id, _what, row) => {
  expect((await row.run({ seed, steps: row.short.steps })).broken).toEqual([]);
});

test('T25: the same seed lives the same life', () => {
  expect(live(seed, 1_000)).toEqual(live(seed, 1_000));
});
