import { createHash, createHmac } from 'node:crypto';
import { Socket } from 'node:net';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { openShortReads, type ShortReads } from './short-reads.ts';

export type Database = NodePgDatabase & { $client: pg.Pool; shortReads: ShortReads };
/** What a store takes: the database, or the transaction that its caller is in. */
export type Queryable = Pick<Database, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'execute'>;

/** The database role of a corp. `app.corp_id` is set on the role itself, so that a query pays no extra round trip for it. */
export function roleOfCorp(corpId: string): string {
  return `nextline_corp_${createHash('sha256').update(corpId).digest('hex').slice(0, 16)}`;
}

/** The password follows from the session key: every process can compute it and nothing has to store it. */
export function passwordOfCorp(corpId: string, sessionKey: string): string {
  return createHmac('sha256', sessionKey).update(`database role of ${corpId}`).digest('base64url');
}

/** The address with which the application connects: same server and database, the corp's role. */
export function urlOfCorp(ownerUrl: string, corpId: string, sessionKey: string): string {
  const url = new URL(ownerUrl);
  url.username = roleOfCorp(corpId);
  url.password = passwordOfCorp(corpId, sessionKey);
  return url.href;
}

/** Postgres ends a statement of ours after 15 s, and nobody waits for WeCom so long within a transaction: who has said nothing for longer is gone without a word. */
const silentForMs = 60_000;

/** Its machine died, or the network was cut. The driver's own time limit would leave the dead connection in the pool. Whoever is not in use may be silent. */
function breakWhenSilent(pool: pg.Pool, ms: number): void {
  const inUse = new WeakSet<pg.PoolClient>();
  pool.on('acquire', (client) => void inUse.add(client));
  pool.on('release', (_error, client) => void inUse.delete(client));
  pool.on('connect', (client) => {
    const { stream } = client.connection;
    if (stream instanceof Socket) stream.setTimeout(ms, () => inUse.has(client) && stream.destroy());
  });
}

export type OpenDatabase = { db: Database; pool: pg.Pool; close(): Promise<void> };

/** A pool that belongs to one corp: row level security shows it that corp's rows and nothing else. */
export function openDatabase(options: { url: string; max?: number; onError: (error: Error) => void; silentForMs?: number }): OpenDatabase {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max ?? 20,
    connectionTimeoutMillis: 5_000,
    // To open one costs tens of statements, and after ten seconds of quiet the next burst would open them all anew.
    idleTimeoutMillis: 300_000,
    application_name: 'nextline',
  });
  // Without a listener an idle connection that breaks (a restart of Postgres) would end the process.
  pool.on('error', (error) => {
    // The pool hangs the whole connection on it: ten kilobytes in the log for each that breaks.
    Reflect.deleteProperty(error, 'client');
    options.onError(error);
  });
  // And so would one that breaks in the middle of a transaction, between two statements: then nobody else listens. The next statement says it.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  breakWhenSilent(pool, options.silentForMs ?? silentForMs);
  const shortReads = openShortReads(options);
  return {
    db: Object.assign(drizzle(pool), { shortReads }),
    pool,
    async close() {
      await Promise.all([pool.end(), shortReads.close()]);
    },
  };
}
