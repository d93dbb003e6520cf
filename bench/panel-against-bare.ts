/**
 * R1: the panel as guides get it, against a bare server that runs the same statement. Throughput first; then latency under the same crowd: that of load L, under which T1 holds its
 * limits, and that of a busy hour beyond it.
 */
import { fileURLToPath } from 'node:url';
import { perSecond as loadLPerSecond, shareOfThisMachine } from '../chaos/load-scale.ts';
import { freePort } from '../local-postgres/free-port.ts';
import type { Run } from './measurement.ts';
import { type NodeProcess, startNode } from './node-process.ts';
import { atFullSpeed, connections, describeArm, othersShare, panelRequests, processorRatio } from './panel-load.ts';
import { measurePairs } from './pairs.ts';
import { startProduct } from './product.ts';
import { estimateRatio, judge, median } from './ratio.ts';
import { type Outcome, outcome } from './results.ts';
import type { Stand } from './stand.ts';

const target = 0.85;
const p99Target = 1.25;
/** Of what the slower arm can take at most: busy, and not yet queueing without end. There the processors are shared by the guides, the server and Postgres, and each waits for the others. */
const busyLoad = 0.6;
/** A p99 of fewer is the slowest of a handful. */
const leastCrowd = 1_000;

/** Another corp's rows are open to this role: what row level security costs is on the product's side only. */
async function bareUrl({ client, databaseUrl }: Stand): Promise<string> {
  await client.query(`DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'bench_bare') THEN CREATE ROLE bench_bare LOGIN BYPASSRLS IN ROLE nextline_app; END IF;
  END $$`);
  const url = new URL(databaseUrl);
  url.username = 'bench_bare';
  return url.href;
}

async function startBare(stand: Stand, port: number): Promise<NodeProcess> {
  const [relation] = stand.relations;
  const env = {
    BARE_DATABASE_URL: await bareUrl(stand),
    BARE_CORP_ID: stand.world.corp.corp_id,
    BARE_PORT: String(port),
    NODE_ENV: 'production',
  };
  const first = `http://127.0.0.1:${port}/${relation?.staffUserId}/store-1/${relation?.externalUserId}`;
  return startNode(fileURLToPath(new URL('arms/bare-panel.ts', import.meta.url)), env, async () => (await fetch(first)).ok);
}

/** The same customers, asked for by the same guides, in the same order. The headers that only a browser needs are sent to both. */
function bareRequests(stand: Stand, panel: string[]): string[] {
  return stand.relations.map(({ externalUserId, staffUserId }, n) => {
    const headers = panel[n]?.slice(panel[n].indexOf('\r\n')) ?? '';
    return `GET /${staffUserId}/store-1/${externalUserId} HTTP/1.1${headers}`;
  });
}

const ms = (values: number[]) => Number(median(values).toFixed(2));

export async function panelAgainstBare(run: Run): Promise<Outcome> {
  const { stand, load, options, onRound } = run;
  const barePort = await freePort();
  const bare = await startBare(stand, barePort);
  const product = await startProduct(stand, stand.publicPort).catch(async (error: unknown) => {
    await bare.stop();
    throw error;
  });
  try {
    const requests = await panelRequests(stand);
    await load.aim('panel', { port: stand.publicPort, requests });
    await load.aim('bare', { port: barePort, requests: bareRequests(stand, requests) });
    const panelAtFullSpeed = () => atFullSpeed(run, 'panel', product.pid);
    const bareAtFullSpeed = () => atFullSpeed(run, 'bare', bare.pid);
    await panelAtFullSpeed();
    await bareAtFullSpeed();

    const rounds = await measurePairs({
      ...options.pairs,
      candidate: panelAtFullSpeed,
      reference: bareAtFullSpeed,
      ratioOf: (panel, bare) => ({ candidate: panel.perSecond, reference: bare.perSecond }),
      onRound,
    });
    const panelRuns = rounds.map(({ candidate }) => candidate);
    const bareRuns = rounds.map(({ reference }) => reference);
    const mostPerSecond = Math.min(median(panelRuns.map((r) => r.perSecond)), median(bareRuns.map((r) => r.perSecond)));

    // Both halves of a round get the same crowd; every round gets another one.
    const crowd = { panel: 0, bare: 0 };
    async function p99At(perSecond: number) {
      const seconds = options.quick ? options.seconds : Math.max(options.seconds, Math.ceil(leastCrowd / perSecond));
      const openly = (name: 'panel' | 'bare') => () =>
        load.open(name, { connections: 2 * connections, perSecond, seconds, seed: (crowd[name] += 1) });
      const latencies = await measurePairs({
        ...options.pairs,
        candidate: openly('panel'),
        reference: openly('bare'),
        ratioOf: (panel, bare) => ({ candidate: panel.p99, reference: bare.p99 }),
        onRound,
      });
      const p99 = estimateRatio(latencies.map(({ candidate, reference }) => ({ candidate: candidate.p99, reference: reference.p99 })));
      return {
        ...p99,
        target: p99Target,
        verdict: judge(p99, p99Target, 'at most'),
        pairs: latencies.length,
        openLoopPerSecond: perSecond,
        panelMs: { p50: ms(latencies.map((l) => l.candidate.p50)), p99: ms(latencies.map((l) => l.candidate.p99)) },
        bareMs: { p50: ms(latencies.map((l) => l.reference.p50)), p99: ms(latencies.map((l) => l.reference.p99)) },
      };
    }
    const p99AtLoadL = await p99At(loadLPerSecond(shareOfThisMachine).panels);
    const p99WhenBusy = await p99At(Math.round(busyLoad * mostPerSecond));
    const atFull = estimateRatio(rounds.map(({ candidate, reference }) => ({ candidate: candidate.p99, reference: reference.p99 })));
    const pairs = rounds.map(({ candidate, reference }) => ({ candidate: candidate.perSecond, reference: reference.perSecond }));
    return outcome(estimateRatio(pairs), target, 'at least', {
      stretch: 1.3,
      pairs: rounds.length,
      connections,
      panel: describeArm(panelRuns),
      bare: describeArm(bareRuns),
      p99: p99AtLoadL,
      p99WhenBusy,
      // The same 32 connections on both sides, each asking again as soon as it was answered.
      p99AtFullSpeed: {
        ...atFull,
        target: p99Target,
        verdict: judge(atFull, p99Target, 'at most'),
        panelMs: ms(panelRuns.map((r) => r.p99)),
        bareMs: ms(bareRuns.map((r) => r.p99)),
      },
      processorRatio: processorRatio(panelRuns, bareRuns),
      otherWorkOnTheMachine: othersShare([...panelRuns, ...bareRuns]),
    });
  } finally {
    await product.stop();
    await bare.stop();
  }
}
