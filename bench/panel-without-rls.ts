/** R3: what row level security costs the panel. One server, one database; only the policies come and go. */
import pg from 'pg';
import { urlOfCorp } from '../apps/server/src/database.ts';
import type { Run } from './measurement.ts';
import { atFullSpeed, connections, describeArm, othersShare, panelRequests, processorRatio } from './panel-load.ts';
import { measurePairs } from './pairs.ts';
import { startProduct } from './product.ts';
import { estimateRatio } from './ratio.ts';
import { type Outcome, outcome } from './results.ts';
import { protectedTables, setRowLevelSecurity } from './rls-toggle.ts';
import type { Stand } from './stand.ts';

const target = 0.85;

/** Would the server see the rows of another corp now? Asked as the server's own role, so that the arms are what they say. */
async function seesOtherCorps(stand: Stand): Promise<boolean> {
  const corpId = stand.world.corp.corp_id;
  const client = new pg.Client({ connectionString: urlOfCorp(stand.databaseUrl, corpId, stand.sessionKey) });
  await client.connect();
  try {
    await client.query(`SELECT set_config('app.corp_id', 'another corp', false)`);
    const { rows } = await client.query<{ seen: boolean }>('SELECT EXISTS (SELECT FROM customers) AS seen');
    return rows[0]?.seen ?? false;
  } finally {
    await client.end();
  }
}

export async function panelWithoutRls(run: Run): Promise<Outcome> {
  const { stand, load, options, onRound } = run;
  const product = await startProduct(stand, stand.publicPort);
  const tables = await protectedTables(stand.client);
  const arm = (on: boolean) => async () => {
    await setRowLevelSecurity(stand.client, tables, on);
    if ((await seesOtherCorps(stand)) === on) throw new Error(`row level security is not ${on ? 'on' : 'off'}`);
    return atFullSpeed(run, 'panel', product.pid);
  };
  try {
    await load.aim('panel', { port: stand.publicPort, requests: await panelRequests(stand) });
    await arm(true)();
    const rounds = await measurePairs({
      ...options.pairs,
      candidate: arm(true),
      reference: arm(false),
      ratioOf: (protectedRun, open) => ({ candidate: protectedRun.perSecond, reference: open.perSecond }),
      onRound,
    });
    const withPolicies = rounds.map(({ candidate }) => candidate);
    const without = rounds.map(({ reference }) => reference);
    const pairs = rounds.map(({ candidate, reference }) => ({ candidate: candidate.perSecond, reference: reference.perSecond }));
    return outcome(estimateRatio(pairs), target, 'at least', {
      stretch: 0.93,
      pairs: rounds.length,
      connections,
      protectedTables: tables.length,
      withPolicies: describeArm(withPolicies),
      without: describeArm(without),
      processorRatio: processorRatio(withPolicies, without),
      otherWorkOnTheMachine: othersShare([...withPolicies, ...without]),
    });
  } finally {
    await setRowLevelSecurity(stand.client, tables, true);
    await product.stop();
  }
}
