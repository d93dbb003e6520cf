import type { SecretStore } from '@nextline/wecom';
import { sql } from 'drizzle-orm';
import type { Config } from '../config.ts';
import type { Database } from '../database.ts';
import { createSeal } from '../sealed-text.ts';
import { findSecret, putSecret } from './secrets.store.ts';

/** Any number that no other advisory lock of ours uses as its first half. */
const refreshing = 7_310_002;

/** The token and the tickets in Postgres: all processes of the corp use the same, and one at a time renews them. */
export function createSecretStore(db: Database, config: Config, now: () => Date): SecretStore {
  const { corpId, agentId } = config.wecom;
  const seal = createSeal(config.sessionKey, 'wecom secrets');
  return {
    async get(kind) {
      const row = await findSecret(db, agentId, kind);
      const value = row && seal.open(row.value);
      // Sealed with another session key: it is fetched anew.
      return row && value ? { value, expiresAt: row.expiresAt, obtainedAt: row.fetchedAt } : null;
    },
    put: (kind, { value, expiresAt }) => putSecret(db, { corpId, agentId, kind, value: seal.seal(value), expiresAt, fetchedAt: now() }),
    withRefreshLock: (kind, work) =>
      db.transaction(async (tx) => {
        // WeCom may stall through all retries; the role's own limit would end this transaction first.
        await tx.execute(sql`SET LOCAL idle_in_transaction_session_timeout = '120s'`);
        await tx.execute(sql`SET LOCAL statement_timeout = '60s'`);
        await tx.execute(sql`SELECT pg_advisory_xact_lock(${refreshing}, hashtext(${`${corpId}\n${agentId}\n${kind}`}))`);
        return work();
      }),
  };
}
