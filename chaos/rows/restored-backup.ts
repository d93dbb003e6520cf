import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { verifyAudit } from '../../apps/server/src/audit/verify-audit.ts';
import { systemClock } from '../../apps/server/src/clock.ts';
import { readConfig } from '../../apps/server/src/config.ts';
import { openDatabase, urlOfCorp } from '../../apps/server/src/database.ts';
import { compareStores } from '../../apps/server/src/test-compare-stores.ts';
import { startSimulator } from '../../apps/wecom-simulator/src/index.ts';
import { freePort } from '../../local-postgres/free-port.ts';
import { type LocalPostgres, startLocalPostgres } from '../../local-postgres/start.ts';
import { createProduct } from '../product.ts';
import { limit, type Row } from '../row.ts';
import { until } from '../until.ts';

const sessionKey = 'the session key that was kept beside the backup';
const otherKey = 'another session key, because the first one was lost';
const nowhere = 'http://127.0.0.1:1';
const reconcileMain = fileURLToPath(new URL('../../apps/server/src/wecom-sync/reconcile-main.ts', import.meta.url));
const run = promisify(execFile);

const folder = (name: string, port: number) => join(tmpdir(), `nextline-chaos-${name}-${port}`);

type Peaks = { peaks: { path: string; total: number }[] };

/** How often WeCom was asked for a token: with the stored one readable, not once. */
async function tokensAsked(simulatorUrl: string): Promise<number> {
  const { peaks } = (await (await fetch(`${simulatorUrl}/_sim/calls/peaks`)).json()) as Peaks;
  return peaks.find(({ path }) => path === 'cgi-bin/gettoken')?.total ?? 0;
}

/** T24: the data folder of a stopped Postgres, copied to where nothing was, and the server started on it. */
export const restoredBackup: Row = {
  id: 'T24',
  what: 'a backup restored to a fresh machine: every table equal, stored secrets readable, the audit log whole, what came meanwhile found',
  long: { seconds: 60 },
  short: { seconds: 1 },
  async run() {
    const opened: { stop(): Promise<void> }[] = [];
    try {
      const simulator = await startSimulator({ port: 0, webviewPort: 0, productUrl: nowhere, callbackUrl: nowhere });
      opened.push({ stop: () => simulator.close() });
      const { corp, app, callback } = simulator.world;
      const settings = (databaseUrl: string, port: number, key: string) => ({
        PUBLIC_URL: `http://localhost:${port}`,
        DATABASE_URL: databaseUrl,
        SESSION_KEY: key,
        LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
        WECOM_CORP_ID: corp.corpId,
        WECOM_AGENT_ID: app.agentId,
        WECOM_SECRET: app.secret,
        WECOM_CALLBACK_TOKEN: callback.token,
        WECOM_CALLBACK_AES_KEY: callback.aesKey,
        WECOM_API_URL: simulator.url,
        WECOM_OAUTH_URL: simulator.url,
        WECOM_LOGIN_URL: simulator.url,
      });
      const openCorp = (databaseUrl: string, key: string) => {
        const open = openDatabase({ url: urlOfCorp(databaseUrl, corp.corpId, key), max: 2, onError: () => undefined });
        opened.push({ stop: () => open.close() });
        return open.db;
      };
      /** Serves until it is ready and has synced, then ends. */
      async function serveOnce(databaseUrl: string, key: string): Promise<void> {
        const port = await freePort();
        const product = createProduct(port, settings(databaseUrl, port, key));
        try {
          await product.start();
          await until(
            async () => {
              const answer = await fetch(`${product.url}/health/ready`);
              return answer.ok && ((await answer.json()) as { sync: { finished: boolean } }).sync.finished;
            },
            120_000,
            'the server does not get ready',
          );
        } finally {
          await product.stop();
        }
      }

      const firstPort = await freePort();
      const firstDir = folder('original', firstPort);
      let first: LocalPostgres = await startLocalPostgres({ port: firstPort, dataDir: firstDir, fresh: true });
      await serveOnce(first.url, sessionKey);
      await first.stop();

      const secondPort = await freePort();
      const secondDir = folder('restored', secondPort);
      rmSync(secondDir, { recursive: true, force: true });
      await run('cp', ['-a', firstDir, secondDir]);
      first = await startLocalPostgres({ port: firstPort, dataDir: firstDir, throwAway: true });
      opened.push(first);
      const second = await startLocalPostgres({ port: secondPort, dataDir: secondDir, throwAway: true });
      opened.push(second);

      const before = openCorp(first.url, sessionKey);
      const restored = openCorp(second.url, sessionKey);
      const { rows, differences } = await compareStores(before, restored);

      const asked = await tokensAsked(simulator.url);
      await serveOnce(second.url, sessionKey);
      const askedMore = (await tokensAsked(simulator.url)) - asked;

      const read = readConfig({ ...settings(second.url, 7300, sessionKey) });
      if ('problems' in read) throw new Error(read.problems.join('\n'));
      const { faults } = await verifyAudit({ db: restored, clock: systemClock, config: read.config });

      await fetch(`${simulator.url}/_sim/customers`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: '备份以后来的', staff: 'zhouyining' }),
      });
      const port = await freePort();
      const env = { PATH: process.env['PATH'], ...settings(second.url, port, sessionKey) };
      const { stdout } = await run(process.execPath, [reconcileMain], { env, cwd: tmpdir() });

      // The key was not kept: everything is there all the same, but stored tokens are asked for anew.
      await serveOnce(second.url, otherKey);
      const { differences: withOtherKey } = await compareStores(restored, openCorp(second.url, otherKey));

      return {
        figures: {
          tables: Object.keys(rows).length,
          rows: Object.values(rows).reduce((sum, n) => sum + n, 0),
          tokensAskedForAnew: askedMore,
        },
        broken: [
          ...limit(
            differences.length === 0,
            `${differences.length} rows differ after the restore, the first: ${JSON.stringify(differences[0])}`,
          ),
          ...limit(askedMore === 0, `the stored token could not be read: WeCom was asked ${askedMore} times`),
          ...limit(faults.length === 0, `the audit log has ${faults.length} faults`),
          ...limit(stdout.includes('补上 1 条'), `the reconciliation did not find who came meanwhile: ${stdout.slice(-300)}`),
          ...limit(withOtherKey.length === 0, 'with another session key the store is another one'),
        ],
      };
    } finally {
      for (const part of opened.toReversed()) await part.stop();
    }
  },
};
