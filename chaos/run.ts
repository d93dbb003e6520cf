/**
 * `pnpm chaos`: the rows of the fault table that need a real process to kill, a real Postgres to restart or a real network to spoil, at full length.
 * Everything random follows from a seed; a row that does not hold prints it with the command that runs it again.
 */
import { startGround } from './ground.ts';
import { describeScale, shareOfThisMachine } from './load-scale.ts';
import { readOptions } from './options.ts';
import type { Row } from './row.ts';
import { rows } from './rows.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
let stop = async (): Promise<void> => undefined;

// Postgres outlives whoever started it, unless it is told.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().finally(() => process.exit(130)));

async function runRow(row: Row, scale: { seed: number; seconds: number; share: number }, replay: string): Promise<boolean> {
  const began = performance.now();
  let broken: string[];
  let figures = {};
  try {
    const ground = await startGround((end) => (stop = end));
    ({ figures, broken } = await row.run(ground, scale));
    if (broken.length > 0) say(ground.product.lastWords());
  } catch (error) {
    broken = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  } finally {
    await stop();
  }
  const took = Math.round((performance.now() - began) / 1000);
  say(`${row.id} seed ${scale.seed}: ${broken.length === 0 ? 'holds' : 'BROKEN'} (${took} s) ${JSON.stringify(figures)}`);
  for (const sentence of broken) say(`  ${sentence}`);
  if (broken.length > 0) say(`  again: ${replay}`);
  return broken.length === 0;
}

async function main(): Promise<boolean> {
  const options = readOptions(
    process.argv.slice(2),
    rows.map(({ id }) => id),
    shareOfThisMachine,
  );
  say(describeScale(options.share));
  const firstSeed = options.seed ?? Math.floor(Date.now() / 86_400_000);
  let allHold = true;
  for (const row of rows.filter(({ id }) => options.only.includes(id)))
    for (let seed = firstSeed; seed < firstSeed + options.seeds; seed += 1) {
      const seconds = options.seconds ?? (options.short ? row.short : row.long).seconds;
      say(`${row.id}: ${row.what}; ${seconds} s`);
      const flags = `${options.seconds === null ? '' : ` --seconds ${seconds}`}${options.short ? ' --short' : ''} --share ${options.share}`;
      const holds = await runRow(row, { seed, seconds, share: options.share }, `pnpm chaos --only ${row.id} --seed ${seed}${flags}`);
      allHold &&= holds;
    }
  return allHold;
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
