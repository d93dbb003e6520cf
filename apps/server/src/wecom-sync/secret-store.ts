import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { SecretStore } from '@nextline/wecom';
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../config.ts';
import type { Database } from '../database.ts';
import { LeaseLost, whileHolding } from '../leases/hold-lease.ts';
import { createSeal } from '../sealed-text.ts';
import { deleteRefusal, findRefusal, findSecret, putRefusal, putSecret } from './secrets.store.ts';

/** Guides wait for the token: a process that died while it fetched one must not hold it up for long. */
const leaseMs = 10_000;
const askAgainMs = 50;

/** The token and the tickets in Postgres: all processes of the corp use the same, and one at a time renews them. */
export function createSecretStore(
  { db, log }: { db: Database; log: Pick<FastifyBaseLogger, 'warn'> },
  config: Config,
  now: () => Date,
): SecretStore {
  const { corpId, agentId, secret } = config.wecom;
  const seal = createSeal(config.sessionKey, 'wecom secrets');
  const secretMark = createHmac('sha256', config.sessionKey).update(`wecom secret\n${corpId}\n${secret}`).digest('base64url');
  return {
    async get(kind) {
      const row = await findSecret(db, agentId, kind);
      const value = row && seal.open(row.value);
      // Sealed with another session key: it is fetched anew.
      return row && value ? { value, expiresAt: row.expiresAt, obtainedAt: row.fetchedAt } : null;
    },
    async withRefreshLock(kind, work) {
      const name = `refresh ${kind} of ${agentId}`;
      for (;;) {
        const done = await whileHolding({ db, log }, { corpId, name, forMs: leaseMs }, (held) =>
          work(({ value, expiresAt }) =>
            db.transaction(async (tx) => {
              await held.holdFast(tx);
              await putSecret(tx, { corpId, agentId, kind, value: seal.seal(value), expiresAt, fetchedAt: now() });
            }),
          ),
        ).catch((error: unknown) => {
          // Somebody has brought a newer one meanwhile; the work begins by looking.
          if (error instanceof LeaseLost) return null;
          throw error;
        });
        if (done !== null) return done.result;
        await pause(askAgainMs);
      }
    },
    refusal: () => findRefusal(db, agentId, secretMark),
    noteRefusal: (refusal) =>
      refusal === null ? deleteRefusal(db, agentId) : putRefusal(db, { corpId, agentId, secretMark, refusedAt: now(), ...refusal }),
  };
}
