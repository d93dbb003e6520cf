import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabase, urlOfCorp } from '../../apps/server/src/database.ts';
import { systemClock } from '../../apps/server/src/clock.ts';
import { requestReconciliation } from '../../apps/server/src/wecom-sync/reconcile.ts';
import { startSimulator } from '../../apps/wecom-simulator/src/index.ts';
import { freePort } from '../../local-postgres/free-port.ts';
import { startLocalPostgres } from '../../local-postgres/start.ts';
import { copies, type LossyProduct, runLossyCallbacks } from '../lossy-callbacks/run-lossy-callbacks.ts';
import { createProduct } from '../product.ts';
import { limit, type Row } from '../row.ts';
import { until } from '../until.ts';

const sessionKey = 'a session key of two products that hear one WeCom';
const nowhere = 'http://127.0.0.1:1';

type Opened = { stop(): Promise<void> }[];

/** Two servers with a database each, and one WeCom, apart from the ground that the other rows stand on. */
async function startTwo(opened: Opened) {
  const port = await freePort();
  const dataDir = join(tmpdir(), `nextline-chaos-lossy-${port}`);
  const postgres = await startLocalPostgres({ port, dataDir, fresh: true, throwAway: true });
  opened.push(postgres);
  const simulator = await startSimulator({ port: 0, webviewPort: 0, productUrl: nowhere, callbackUrl: nowhere });
  opened.push({ stop: () => simulator.close() });
  const { corp, app, callback } = simulator.world;
  const wecom = { corpId: corp.corpId, agentId: app.agentId, callbackToken: callback.token, callbackAesKey: callback.aesKey };

  async function startOne(name: string): Promise<LossyProduct> {
    const admin = new pg.Client({ connectionString: postgres.url });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
    await admin.end();
    const databaseUrl = new URL(postgres.url);
    databaseUrl.pathname = `/${name}`;
    const productPort = await freePort();
    const product = createProduct(productPort, {
      PUBLIC_URL: `http://localhost:${productPort}`,
      DATABASE_URL: databaseUrl.href,
      SESSION_KEY: sessionKey,
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
    opened.push(product);
    await product.start();
    const { db, close } = openDatabase({ url: urlOfCorp(databaseUrl.href, corp.corpId, sessionKey), max: 2, onError: () => undefined });
    opened.push({ stop: close });
    const ended = async () => {
      const { rows } = await db.execute<{ n: number }>('SELECT count(*)::int AS n FROM sync_runs WHERE finished_at IS NULL');
      return rows[0]?.n === 0;
    };
    const begun = async () => ((await db.execute<{ n: number }>('SELECT count(*)::int AS n FROM sync_runs')).rows[0]?.n ?? 0) > 0;
    await until(async () => (await begun()) && (await ended()), 120_000, 'the first sync does not end');
    const config = { wecom: { corpId: corp.corpId } };
    return {
      callbackUrl: `${product.url}/wecom/callback`,
      db,
      async reconcile() {
        await requestReconciliation({ db, clock: systemClock, config }, 'chaos');
        await until(ended, 300_000, 'the reconciliation does not end');
      },
    };
  }

  return { simulator, wecom, sound: await startOne('sound'), lossy: await startOne('lossy') };
}

/** T12: what one product hears once and in order, the other hears five times, shuffled, and some of it never. */
export const lossyCallbacks: Row = {
  id: 'T12',
  what: 'callbacks five times each, shuffled, 1 % lost: after a reconciliation every table equals the run that lost nothing',
  long: { seconds: 240 },
  short: { seconds: 20 },
  async run(_ground, { seed, seconds }) {
    const opened: Opened = [];
    try {
      const { simulator, wecom, sound, lossy } = await startTwo(opened);
      // Some fifteen changes a second; the last of them are applied after the others.
      const changes = Math.round(seconds * 15);
      // Of a few hundred, one in a hundred would be a handful.
      const dropRate = changes < 1000 ? 0.05 : 0.01;
      const { rows, differences, ...figures } = await runLossyCallbacks({
        simulatorUrl: simulator.url,
        wecom,
        sound,
        lossy,
        seed,
        changes,
        dropRate,
        patienceMs: 300_000,
      });
      const [first] = differences;
      return {
        figures: { changes, ...figures, rowsCompared: Object.values(rows).reduce((sum, n) => sum + n, 0) },
        broken: [
          ...limit(differences.length === 0, `${differences.length} rows differ, the first: ${JSON.stringify(first)}`),
          ...limit(figures.callbacks > changes * 0.8, `${changes} changes caused only ${figures.callbacks} callbacks`),
          ...limit(
            figures.dropped > figures.callbacks * dropRate * 0.3,
            `${figures.dropped} of ${figures.callbacks} were lost, too few to show anything`,
          ),
          ...limit(
            figures.delivered === (figures.callbacks - figures.dropped) * copies,
            `${figures.delivered} were delivered, not each ${copies} times`,
          ),
          ...limit(figures.dead === 0, `${figures.dead} callbacks were given up`),
        ],
      };
    } finally {
      for (const part of opened.toReversed()) await part.stop();
    }
  },
};
