import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { openDatabase, type OpenDatabase, urlOfCorp } from './database.ts';
import { ensureCorpRole } from './prepare-database.ts';
import { testCorpId, testSessionKey } from './test-corp.ts';

export { testCorpId, testSessionKey } from './test-corp.ts';

/** Provided by test-postgres.ts. */
declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

export type TestDatabase = OpenDatabase & {
  ownerUrl: string;
  url: string;
  /** True: ends all connections and lets nobody in, as a Postgres that restarts does. */
  breakConnections(broken: boolean): Promise<void>;
  drop(): Promise<void>;
};

/**
 * A database of its own, cloned from the migrated template (some 50 ms). Call it in `beforeAll` and `drop()` in `afterAll`, or inside a test,
 * where it is dropped when that test ends. `corpId`: another corp in the same database gets its own role.
 */
export async function createTestDatabase(options: { corpId?: string; max?: number } = {}): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name} TEMPLATE nextline_template`);
  const owner = new URL(server);
  owner.pathname = `/${name}`;
  const corpId = options.corpId ?? testCorpId;
  if (corpId !== testCorpId) await ensureCorpRole(owner.href, corpId, testSessionKey);
  const url = urlOfCorp(owner.href, corpId, testSessionKey);
  const open = openDatabase({ url, max: options.max ?? 10, onError: () => undefined });
  let dropped = false;
  const database = {
    ...open,
    ownerUrl: owner.href,
    url,
    async breakConnections(broken: boolean) {
      await admin.query(`ALTER DATABASE ${name} CONNECTION LIMIT ${broken ? 0 : -1}`);
      if (broken) await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    },
    async drop() {
      // By the test that asked for it, and again when that test ends.
      if (dropped) return;
      dropped = true;
      await open.close();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
  try {
    onTestFinished(() => database.drop());
  } catch {
    // Called outside a test: the caller drops it.
  }
  return database;
}
