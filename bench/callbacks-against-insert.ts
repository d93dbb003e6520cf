/**
 * R4: callbacks that are acknowledged (HTTP, signature, decryption, kept, committed) against a bare `pg` pool that inserts one such row per commit, on
 * the same durable Postgres and with as many callers at once. Both tables have the same columns and indexes.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { buildCallbackXml, createCallbackCrypto } from '../packages/wecom/src/index.ts';
import type { InsertOrder, InsertReport } from './arms/bare-insert.ts';
import { cpuSeconds } from './cpu-time.ts';
import type { Run } from './measurement.ts';
import { measurePairs } from './pairs.ts';
import { startProduct } from './product.ts';
import { estimateRatio, median } from './ratio.ts';
import { type Outcome, outcome } from './results.ts';
import type { Stand } from './stand.ts';

const target = 0.9;
const stretch = 3;

/**
 * Callers at once, on both sides. How many callbacks a second it can take is asked by more than it needs: a bare insert is as fast with a quarter of
 * them, while a group that is kept together makes its callers wait for each other, and few of them leave both cores idle.
 */
const callers = 128;
const fewCallers = 32;

type Rate = { perSecond: number; cpuMicroseconds: { process: number; postgres: number } };

/** Requests as WeCom would send them, no two alike: a repeat is known by its text and would cost nothing. */
function callbackWriter({ world, publicPort }: Stand) {
  const { token, aes_key: encodingAesKey } = world.callback;
  const crypto = createCallbackCrypto({ token, encodingAesKey, receiveId: world.corp.corp_id });
  let written = 0;
  const xml = (n: number) =>
    buildCallbackXml({
      ToUserName: world.corp.corp_id,
      FromUserName: 'sys',
      CreateTime: 1_400_000_000 + n,
      MsgType: 'event',
      Event: 'change_external_contact',
      ChangeType: 'edit_external_contact',
      UserID: 'zhouyining',
      ExternalUserID: `wmBENCH${String(n).padStart(25, '0')}`,
    });
  return {
    xmlBytes: Buffer.byteLength(xml(0)),
    write(count: number): string[] {
      const timestamp = String(Math.floor(Date.now() / 1000));
      return Array.from({ length: count }, () => {
        const nonce = String((written += 1));
        const { body, signature } = crypto.sealPost(xml(written), { timestamp, nonce, agentId: world.app.agent_id });
        const query = `msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`;
        return (
          `POST /wecom/callback?${query} HTTP/1.1\r\nhost: localhost:${publicPort}\r\ncontent-type: text/xml\r\n` +
          `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
        );
      });
    },
  };
}

async function startInserts(stand: Stand, xmlBytes: number) {
  await stand.client.query(`DROP TABLE IF EXISTS bench_inbox; CREATE TABLE bench_inbox (LIKE callback_inbox INCLUDING ALL)`);
  const env = {
    ...process.env,
    BARE_DATABASE_URL: stand.databaseUrl,
    BARE_CORP_ID: stand.world.corp.corp_id,
    BARE_XML_BYTES: String(xmlBytes),
  };
  const child = fork(fileURLToPath(new URL('arms/bare-insert.ts', import.meta.url)), { env });
  const ended = once(child, 'exit').then(() => [{ failure: 'the inserting process ended' }]);
  return {
    pid: child.pid ?? 0,
    async insert(order: InsertOrder): Promise<Exclude<InsertReport, { failure: string }>> {
      child.send(order);
      const [report] = (await Promise.race([once(child, 'message'), ended])) as [InsertReport];
      if ('failure' in report) throw new Error(report.failure);
      return report;
    },
    async stop(): Promise<void> {
      child.disconnect();
      await ended;
    },
  };
}

const rounded = (value: number) => Number(value.toPrecision(4));

type Round = { candidate: Rate; reference: Rate };
const ratioOf = (callbacks: Rate, bare: Rate) => ({ candidate: callbacks.perSecond, reference: bare.perSecond });
const asPair = ({ candidate, reference }: Round) => ratioOf(candidate, reference);

const describeRates = (rates: Rate[]) => ({
  perSecond: rounded(median(rates.map(({ perSecond }) => perSecond))),
  cpuMicrosecondsEach: {
    process: rounded(median(rates.map(({ cpuMicroseconds }) => cpuMicroseconds.process))),
    postgres: rounded(median(rates.map(({ cpuMicroseconds }) => cpuMicroseconds.postgres))),
  },
});

const describe = (connections: number, rounds: Round[]) => ({
  connections,
  pairs: rounds.length,
  acknowledged: describeRates(rounds.map(({ candidate }) => candidate)),
  inserted: describeRates(rounds.map(({ reference }) => reference)),
});

export async function callbacksAgainstInsert({ stand, load, options, onRound }: Run): Promise<Outcome> {
  const { client } = stand;
  const writer = callbackWriter(stand);
  const inserts = await startInserts(stand, writer.xmlBytes);
  const product = await startProduct(stand, stand.publicPort).catch(async (error: unknown) => {
    await inserts.stop();
    throw error;
  });
  const { seconds } = options;
  // Enough for a server twice as fast as the last round; the first is a guess.
  let expected = 8_000;

  async function acknowledge(connections: number): Promise<Rate> {
    const requests = writer.write(Math.ceil(2 * expected * seconds) + 1_000);
    await load.aim('callbacks', { port: stand.publicPort, requests });
    const processes = { process: product.pid, postgres: stand.postgresPid };
    const { perSecond, answered, spent } = await load.closed('callbacks', { connections, warmUpSeconds: 0, seconds, processes });
    if (answered > requests.length) throw new Error('the callbacks ran out: the rest were repeats');
    const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM callback_inbox');
    if ((rows[0]?.n ?? 0) < answered) throw new Error(`${answered} were acknowledged and ${rows[0]?.n} are kept`);
    await client.query('TRUNCATE callback_inbox');
    expected = perSecond;
    const each = (who: string) => rounded((1e6 * (spent[who] ?? 0)) / answered);
    return { perSecond, cpuMicroseconds: { process: each('process'), postgres: each('postgres') } };
  }

  async function insert(connections: number): Promise<Rate> {
    const read = () => ({ process: cpuSeconds(inserts.pid), postgres: cpuSeconds(stand.postgresPid) });
    const before = read();
    const { perSecond, inserted } = await inserts.insert({ connections, seconds });
    const after = read();
    await client.query('TRUNCATE bench_inbox');
    const each = (who: 'process' | 'postgres') => rounded((1e6 * (after[who] - before[who])) / inserted);
    return { perSecond, cpuMicroseconds: { process: each('process'), postgres: each('postgres') } };
  }

  const measure = (connections: number) =>
    measurePairs({
      ...options.pairs,
      candidate: () => acknowledge(connections),
      reference: () => insert(connections),
      ratioOf,
      onRound,
    });

  try {
    await acknowledge(callers);
    await insert(callers);
    const rounds = await measure(callers);
    const few = await measure(fewCallers);
    const { rows } = await client.query<{ fsync: string; commit: string }>(
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`,
    );
    return outcome(estimateRatio(rounds.map(asPair)), target, 'at least', {
      stretch,
      durability: rows[0],
      callbacks: 'POST /wecom/callback to its 200',
      inserts: 'pool.query of one INSERT, no HTTP',
      ...describe(callers, rounds),
      withFewCallers: { ...estimateRatio(few.map(asPair)), ...describe(fewCallers, few) },
    });
  } finally {
    await product.stop();
    await inserts.stop();
    await client.query('DROP TABLE IF EXISTS bench_inbox');
  }
}
