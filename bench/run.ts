/**
 * `pnpm bench`: our own speed as ratios to things measured beside it, in one run on one machine. Absolute times differ by machine; ratios hardly.
 * Writes `bench/results/latest.json` and prints a table. Ends with 1 when a target was missed or a measurement failed.
 */
import { loadavg } from 'node:os';
import { callbacksAgainstInsert } from './callbacks-against-insert.ts';
import { customerList } from './customer-list.ts';
import { startLoad } from './load.ts';
import { describeMachine } from './machine.ts';
import type { Run } from './measurement.ts';
import { type BenchId, readOptions } from './options.ts';
import { panelAgainstBare } from './panel-against-bare.ts';
import { panelWithoutRls } from './panel-without-rls.ts';
import { resolveAgainstPgbench } from './resolve-against-pgbench.ts';
import { latest, type Outcome, table, writeOutcomes } from './results.ts';
import { searchScripts } from './search-scripts.ts';
import { sidebarAgainstStatic } from './sidebar-against-static.ts';
import { buildStand } from './stand.ts';
import { switchCustomer } from './switch-customer.ts';

const measurements: Record<BenchId, (run: Run) => Promise<Outcome>> = {
  R1: panelAgainstBare,
  R2: resolveAgainstPgbench,
  R3: panelWithoutRls,
  R4: callbacksAgainstInsert,
  R8: sidebarAgainstStatic,
  L1: customerList,
  S1: switchCustomer,
  S2: searchScripts,
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** What fails after that fails because its ground was taken away. */
let interrupted = false;

async function main(): Promise<boolean> {
  const options = readOptions(process.argv.slice(2));
  const loadBefore = loadavg()[0] ?? 0;
  const load = startLoad();
  const stand = await buildStand(
    options.customers,
    options.only.some((id) => id !== 'L1'),
    say,
  );
  const stop = async (): Promise<void> => {
    await load.stop();
    await stand.stop();
  };
  // Postgres outlives whoever started it, unless it is told.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      interrupted = true;
      void stop().then(() => process.exit(130));
    });
  try {
    const machine = await describeMachine(stand.client, loadBefore);
    const scale = { customers: stand.customers, guides: stand.guides.length };
    say(`${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB, Node ${machine.node}, Postgres ${machine.postgres}`);
    if (machine.loadBefore > 0.3)
      say(`the machine had other work before this run (load ${machine.loadBefore}): do not trust these numbers`);
    const outcomes: Record<string, Outcome> = {};
    for (const id of options.only) {
      const onRound: Run['onRound'] = (pairs, { candidate, reference }) => say(`${id} ${pairs}: ${(candidate / reference).toFixed(3)}`);
      const { detail, ...rest } = await measurements[id]({ stand, load, options, onRound });
      outcomes[id] = { ...rest, detail: { ...detail, machine, scale, ...(options.quick ? { quick: true } : {}) } };
    }
    writeOutcomes(latest, outcomes);
    say(`\n${table(outcomes)}`);
    return Object.values(outcomes).every(({ detail }) => detail.verdict === 'met');
  } finally {
    await stop();
  }
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  if (!interrupted) process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
