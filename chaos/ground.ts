/** What every row stands on: a real Postgres, a simulated WeCom over HTTP behind a network that can be spoiled, and the product as a process. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { logIn } from '../bench/log-in.ts';
import { openDatabase, urlOfCorp } from '../apps/server/src/database.ts';
import { publishScript } from '../apps/server/src/scripts/publish-script.ts';
import { freePort } from '../local-postgres/free-port.ts';
import { type CallbackSettings, type CallbackWriter, callbackWriter } from './callbacks.ts';
import { type Delivery, startDelivery } from './delivery.ts';
import { type MortalPostgres, startMortalPostgres } from './postgres.ts';
import { createProduct, type Product } from './product.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';
import { until } from './until.ts';

export type Relation = { staff: string; externalUserId: string };

export type Ground = {
  corpId: string;
  postgres: MortalPostgres;
  product: Product;
  /** The network between the product and WeCom. */
  network: TcpProxy;
  delivery: Delivery;
  callbacks: CallbackWriter;
  /** With them anybody could write callbacks as WeCom does. */
  callbackSettings: CallbackSettings;
  /** Customers and the guides who follow them. */
  relations: Relation[];
  guides: string[];
  /** One service script of one text, published for everybody. */
  scriptId: string;
  cookieOf(staff: string): string;
  /** Asks the control API of the simulated WeCom. */
  control<T>(method: string, path: string, body?: object): Promise<T>;
  /** Asks the database as its owner, over a connection of its own: it works whatever was done to the others. */
  query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
  stop(): Promise<void>;
};

type World = {
  corp: { corp_id: string };
  app: { agent_id: string; secret: string };
  callback: { token: string; aes_key: string };
  follows: { staff: string; external_userid: string }[];
};

const sessionKey = 'a session key of a run of chaos and nothing else';
const scriptId = 'chaos-hello';

async function startWeCom(env: Record<string, string>): Promise<{ url: string; stop(): Promise<void> }> {
  const child = fork(fileURLToPath(new URL('wecom-process.ts', import.meta.url)), { env: { ...process.env, ...env } });
  const exited = once(child, 'exit');
  const [told] = (await Promise.race([once(child, 'message'), exited.then(() => [null])])) as [{ url: string } | null];
  if (told === null) throw new Error('the simulated WeCom did not start');
  return {
    url: told.url,
    async stop() {
      child.disconnect();
      await exited;
    },
  };
}

async function publishHello(databaseUrl: string, corpId: string): Promise<void> {
  const database = openDatabase({ url: urlOfCorp(databaseUrl, corpId, sessionKey), max: 1, onError: () => undefined });
  try {
    const client = database.pool;
    await client.query(
      `INSERT INTO script_folders (corp_id, folder_id, name, position) VALUES ($1, 'chaos', '问候', 0) ON CONFLICT DO NOTHING`,
      [corpId],
    );
    const anybody = { stageIds: [], tagIds: [], answers: [], daysSinceFollow: null, daysSinceOrder: null, silentDays: null };
    const script = { scriptId, folderId: 'chaos', title: '问候', keywords: [], purpose: 'service' as const, fit: anybody };
    const valid = { validFrom: null, validUntil: null, authorUserId: null, visibility: { scope: 'company' as const } };
    await publishScript(database.db, corpId, { ...script, ...valid, parts: [{ kind: 'text', text: '您好，我在。' }] }, new Date());
  } finally {
    await database.close();
  }
}

/** Starts all of it, with the first sync done. `onBegin` is handed the way to end it at once: somebody may lose patience while it starts. */
export async function startGround(onBegin: (stop: () => Promise<void>) => void = () => undefined): Promise<Ground> {
  const parts: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    for (const part of parts.splice(0).toReversed()) await part.stop();
  };
  onBegin(stop);
  try {
    const postgres = await startMortalPostgres();
    parts.push(postgres);
    const port = await freePort();
    const publicUrl = `http://localhost:${port}`;
    const delivery = await startDelivery(publicUrl);
    parts.push({ stop: () => delivery.close() });
    const wecom = await startWeCom({
      CHAOS_PRODUCT_URL: publicUrl,
      CHAOS_CALLBACK_URL: `${delivery.url}/wecom/callback`,
      CHAOS_TRUSTED_HOST: `localhost:${port}`,
    });
    parts.push(wecom);
    const network = await startTcpProxy(Number(new URL(wecom.url).port));
    parts.push({ stop: () => network.close() });
    const world = (await (await fetch(`${wecom.url}/_sim/world`)).json()) as World;
    const corpId = world.corp.corp_id;
    const product = createProduct(port, {
      PUBLIC_URL: publicUrl,
      DATABASE_URL: postgres.url,
      SESSION_KEY: sessionKey,
      // A handful of guides stands for a thousand.
      STAFF_REQUESTS_PER_MINUTE: '9999999',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
      WECOM_CORP_ID: corpId,
      WECOM_AGENT_ID: world.app.agent_id,
      WECOM_SECRET: world.app.secret,
      WECOM_CALLBACK_TOKEN: world.callback.token,
      WECOM_CALLBACK_AES_KEY: world.callback.aes_key,
      WECOM_API_URL: `http://127.0.0.1:${network.port}`,
      WECOM_OAUTH_URL: wecom.url,
      WECOM_LOGIN_URL: wecom.url,
    });
    parts.push({ stop: () => product.stop() });
    await product.start();
    await until(
      async () => {
        const answer = await fetch(`${product.url}/health/ready`);
        return answer.ok && ((await answer.json()) as { sync: { finished: boolean } }).sync.finished;
      },
      60_000,
      'the first sync does not end',
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${product.lastWords()}`);
    });
    await publishHello(postgres.url, corpId);
    const relations = world.follows.map(({ staff, external_userid: externalUserId }) => ({ staff, externalUserId }));
    const guides = [...new Set(relations.map(({ staff }) => staff))].slice(0, 8);
    const cookies = new Map<string, string>();
    for (const guide of guides) cookies.set(guide, await logIn(publicUrl, wecom.url, guide));
    const { token, aes_key: aesKey } = world.callback;
    const callbackSettings = { corpId, token, aesKey, agentId: world.app.agent_id };
    return {
      corpId,
      postgres,
      product,
      network,
      delivery,
      callbacks: callbackWriter(callbackSettings),
      callbackSettings,
      relations: relations.filter(({ staff }) => guides.includes(staff)),
      guides,
      scriptId,
      cookieOf: (staff) => cookies.get(staff) ?? '',
      async control<T>(method: string, path: string, body?: object): Promise<T> {
        const answer = await fetch(`${wecom.url}${path}`, {
          method,
          ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        });
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
        return (await answer.json()) as T;
      },
      async query<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<R[]> {
        const client = new pg.Client({ connectionString: postgres.url });
        await client.connect();
        try {
          return (await client.query<R>(text, values)).rows;
        } finally {
          await client.end();
        }
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
