/** `pnpm run reconcile`: reads everything from WeCom again and repairs what lost callbacks left behind, with the progress in the terminal. */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createWeCom } from '@nextline/wecom';
import { openCommandLine, stopWith } from '../command-line.ts';
import { createCallLedger } from './call-ledger.store.ts';
import { progressLine, resultLines } from './reconcile-words.ts';
import { requestReconciliation } from './reconcile.ts';
import { createSecretStore } from './secret-store.ts';
import { showRun } from './show-sync.ts';
import { findRun } from './sync-runs.store.ts';
import { workSyncRun } from './work-sync-run.ts';

const usage = `pnpm run reconcile [--env-file FILE]    begins a reconciliation, or goes on with the one that was cut off

Ctrl-C stops it here; a worker goes on with it. What is shown is one run, whoever works on it.
`;

function readArguments() {
  try {
    return parseArgs({ options: { 'env-file': { type: 'string' }, help: { type: 'boolean' } } }).values;
  } catch (error) {
    return stopWith(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

const given = readArguments();
if (given.help) {
  process.stdout.write(usage);
  process.exit(0);
}
const line = await openCommandLine({ envFile: given['env-file'] });
const { config, db, clock, log } = line;
const { apiUrl, corpId, agentId, secret } = config.wecom;
const wecom = createWeCom({
  apiUrl,
  corpId,
  agentId,
  secret,
  clock,
  secrets: createSecretStore({ db, log }, config, clock.now),
  ledger: createCallLedger(db, corpId),
});
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

const { runId } = await requestReconciliation({ db, clock, config }, 'cli');
const deps = { db, clock, wecom, config, log };

async function watch(): Promise<void> {
  for (let shown = ''; !stopping.signal.aborted;) {
    const run = await findRun(db, runId).catch(() => null);
    const next = run === null ? shown : progressLine(run);
    if (next !== shown) process.stdout.write(`${next}\n`);
    shown = next;
    if (run?.finishedAt) return;
    await pause(500, undefined, { signal: stopping.signal }).catch(() => undefined);
  }
}

/** While another process is at it there is nothing to do here but to look, and to go on should it die. */
async function work(): Promise<void> {
  while (!stopping.signal.aborted) {
    const end = await workSyncRun(deps, stopping.signal);
    if (end !== 'elsewhere') return;
    await pause(2_000, undefined, { signal: stopping.signal }).catch(() => undefined);
  }
}

await Promise.all([work(), watch()]);
const run = await findRun(db, runId);
if (run?.finishedAt) process.stdout.write(`${resultLines(await showRun({ db }, run, 'zh-CN')).join('\n')}\n`);
else process.exitCode = 1;
await line.close();
