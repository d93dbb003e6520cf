/**
 * `pnpm chaos`: the rows of the fault table that need a real process to kill, a real Postgres to restart or a real network to spoil, at full length.
 * Everything random follows from a seed; a row that does not hold prints it with the command that runs it again.
 */
import { startGround } from './ground.ts';
import { describeScale, shareOfThisMachine } from './load-scale.ts';
import { readOptions } from './options.ts';
import type { Findings, Row, Scale } from './row.ts';
import { loneRows, rows } from './rows.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
let stop = async (): Promise<void> => undefined;

// Postgres outlives whoever started it, unless it is told.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().finally(() => process.exit(130)));

async function onGround(row: Row, scale: Scale): Promise<Findings> {
  try {
    const ground = await startGround((end) => (stop = end));
    const findings = await row.run(ground, scale);
    if (findings.broken.length > 0) say(ground.product.lastWords());
    return findings;
  } finally {
    await stop();
  }
}

const brokenBy = (error: unknown): Findings => ({
  figures: {},
  broken: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
});

async function tell(id: string, seed: number, run: () => Promise<Findings>, replay: string): Promise<boolean> {
  const began = performance.now();
  const { figures, broken } = await run().catch(brokenBy);
  const took = Math.round((performance.now() - began) / 1000);
  say(`${id} seed ${seed}: ${broken.length === 0 ? 'holds' : 'BROKEN'} (${took} s) ${JSON.stringify(figures)}`);
  for (const sentence of broken) say(`  ${sentence}`);
  if (broken.length > 0) say(`  again: ${replay}`);
  return broken.length === 0;
}

async function main(): Promise<boolean> {
  const ids = [...rows, ...loneRows].map(({ id }) => id);
  const { only, seed: wanted, seeds, seconds, steps, share, short } = readOptions(process.argv.slice(2), ids, shareOfThisMachine);
  say(describeScale(share));
  const first = wanted ?? Math.floor(Date.now() / 86_400_000);
  const all = Array.from({ length: seeds }, (_, n) => first + n);
  let allHold = true;
  for (const row of rows.filter(({ id }) => only.includes(id)))
    for (const seed of all) {
      const scale = { seed, share, seconds: seconds ?? (short ? row.short : row.long).seconds };
      say(`${row.id}: ${row.what}; ${scale.seconds} s`);
      const again = `pnpm chaos --only ${row.id} --seed ${seed} --seconds ${scale.seconds} --share ${share}`;
      allHold = (await tell(row.id, seed, () => onGround(row, scale), again)) && allHold;
    }
  for (const row of loneRows.filter(({ id }) => only.includes(id)))
    for (const seed of all) {
      const scale = { seed, steps: steps ?? (short ? row.short : row.long).steps };
      say(`${row.id}: ${row.what}; ${scale.steps} steps`);
      const again = `pnpm chaos --only ${row.id} --seed ${seed} --steps ${scale.steps}`;
      allHold = (await tell(row.id, seed, () => row.run(scale), again)) && allHold;
    }
  return allHold;
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
