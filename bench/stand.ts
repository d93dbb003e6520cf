/** What every ratio stands on: a Postgres of its own with the customers in it, a simulated WeCom, and the way to start the product. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { ensureCorpRole, migrateDatabase } from '../apps/server/src/prepare-database.ts';
import { startSimulator } from '../apps/wecom-simulator/src/index.ts';
import { freePort } from '../local-postgres/free-port.ts';
import { startLocalPostgres } from '../local-postgres/start.ts';
import { fillBrand, type Guide } from './brand.ts';
import { fillCustomers, pickRelations, type Relation } from './customers.ts';
import { logIn } from './log-in.ts';

export type World = {
  corp: { corp_id: string };
  app: { agent_id: string; secret: string };
  callback: { token: string; aes_key: string };
  staff: Guide[];
  follows: { staff: string }[];
};

export type Stand = {
  databaseUrl: string;
  postgresPid: number;
  /** As the owner of everything. */
  client: pg.Client;
  world: World;
  simulatorUrl: string;
  /** The origin that guides' cookies belong to, and that R8's browser opens. */
  publicPort: number;
  sessionKey: string;
  customers: number;
  guides: Guide[];
  relations: Relation[];
  stop(): Promise<void>;
};

/** Only for this run's database and cookies. */
const sessionKey = 'a session key of the benchmark and nothing else';

/** More distinct customers than any cache of ours would hold, few enough for the load generator's memory. */
const askedFor = 20_000;

export async function buildStand(customers: number, withPast: boolean, say: (line: string) => void): Promise<Stand> {
  const parts: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    for (const part of parts.splice(0).toReversed()) await part.stop();
  };
  try {
    const port = await freePort();
    // Durable as in production: fsync and synchronous_commit stay on. The cache holds all of it, as a server of this size would be given.
    const postgres = await startLocalPostgres({
      port,
      dataDir: join(tmpdir(), `nextline-bench-${port}`),
      fresh: true,
      throwAway: true,
      settings: { shared_buffers: '1GB', max_wal_size: '4GB' },
    });
    parts.push(postgres);
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    parts.push({ stop: () => client.end() });
    const { rows } = await client.query<{ pid: number }>(`SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int AS pid`);

    const publicPort = await freePort();
    const serverUrl = `http://127.0.0.1:${await freePort()}`;
    const simulator = await startSimulator({
      port: 0,
      webviewPort: 0,
      productUrl: serverUrl,
      callbackUrl: `${serverUrl}/wecom/callback`,
      trustedHosts: [`localhost:${publicPort}`],
    });
    parts.push({ stop: () => simulator.close() });
    const world = (await (await fetch(`${simulator.url}/_sim/world`)).json()) as World;
    const follows = new Set(world.follows.map(({ staff }) => staff));
    const guides = world.staff.filter(({ userid }) => follows.has(userid));
    const corpId = world.corp.corp_id;

    say(`filling the database with ${customers} customers of ${guides.length} guides …`);
    const now = new Date();
    await migrateDatabase(postgres.url, now);
    await ensureCorpRole(postgres.url, corpId, sessionKey);
    await fillBrand(client, { corpId, guides, now });
    await fillCustomers(client, { corpId, guides, count: customers, now, withPast });
    return {
      databaseUrl: postgres.url,
      postgresPid: rows[0]?.pid ?? 0,
      client,
      world,
      simulatorUrl: simulator.url,
      publicPort,
      sessionKey,
      customers,
      guides,
      relations: await pickRelations(client, corpId, askedFor),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A session for every guide: guide → `cookie` header. */
export async function logInGuides(stand: Stand): Promise<Map<string, string>> {
  const cookies = new Map<string, string>();
  for (const { userid } of stand.guides)
    cookies.set(userid, await logIn(`http://localhost:${stand.publicPort}`, stand.simulatorUrl, userid));
  return cookies;
}
