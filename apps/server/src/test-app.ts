import { createWeCom } from '@nextline/wecom';
import { type RunningSimulator, startSimulator } from '@nextline/wecom-simulator';
import { sql } from 'drizzle-orm';
import { buildApp, type AppOptions } from './app.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { App, Deps } from './feature.ts';
import { createSessions } from './identity/sessions.ts';
import { createLog } from './log.ts';
import { startWorkers } from './start-workers.ts';
import { createTestDatabase, type TestDatabase, testCorpId, testSessionKey } from './test-database.ts';
import { meetCorp } from './wecom-sync/meet-corp.ts';
import { createCallLedger } from './wecom-sync/call-ledger.store.ts';
import { createSecretStore } from './wecom-sync/secret-store.ts';
import { createWeComHealth } from './wecom-sync/wecom-health.ts';

/** Runs with the real time until it is moved. */
export type TestClock = Clock & { advance(ms: number): void };

export function createTestClock(start?: Date): TestClock {
  let offset = start === undefined ? 0 : start.getTime() - Date.now();
  return { now: () => new Date(Date.now() + offset), advance: (ms) => void (offset += ms) };
}

export type TestApp = {
  app: App;
  deps: Deps;
  database: TestDatabase;
  clock: TestClock;
  /** Null when the app was started without a WeCom. */
  simulator: RunningSimulator | null;
  /** A request header that makes the request come from this staff member, who must be in the store. */
  cookieOf(staffUserId: string): { cookie: string };
  /** Begins to apply callbacks, send the outbox and so on. Stopped by `close`. */
  startWorkers(): void;
  close(): Promise<void>;
};

type Options = {
  /** `simulator`: a WeCom of its own, over HTTP. `away`: an address where nobody answers. */
  wecom?: 'simulator' | 'away';
  /** Takes a port, so that WeCom can call back. */
  listen?: boolean;
  clock?: TestClock;
  settings?: Partial<Config['wecom']>;
  publicUrl?: string;
  app?: AppOptions;
};

const nobodyListens = 'http://127.0.0.1:1';

/** The whole server on a database of its own. Everything is real but the clock and the waiting between retries. */
export async function startTestApp(options: Options = {}): Promise<TestApp> {
  const clock = options.clock ?? createTestClock();
  const publicUrl = options.publicUrl ?? 'http://localhost:7320';
  const simulator =
    options.wecom === 'simulator'
      ? await startSimulator({
          port: 0,
          webviewPort: 0,
          productUrl: publicUrl,
          callbackUrl: nobodyListens,
          trustedHosts: [new URL(publicUrl).host],
        })
      : null;
  const world = simulator?.world;
  const wecomUrl = simulator?.url ?? nobodyListens;
  const config: Config = {
    port: 0,
    host: '127.0.0.1',
    publicUrl,
    sessionKey: testSessionKey,
    databaseUrl: '',
    processMode: 'all',
    staffRequestsPerMinute: 600,
    consoleAdmins: [],
    logLevel: process.env['LOG_LEVEL'] ?? 'silent',
    wecom: {
      corpId: world?.corp.corpId ?? testCorpId,
      agentId: world?.app.agentId ?? '1000002',
      secret: world?.app.secret ?? 'a secret',
      callbackToken: world?.callback.token ?? 'QDG6eK',
      callbackAesKey: world?.callback.aesKey ?? 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
      apiUrl: wecomUrl,
      oauthUrl: wecomUrl,
      loginUrl: wecomUrl,
      ...options.settings,
    },
  };
  const database = await createTestDatabase({ corpId: config.wecom.corpId, max: 15 });
  config.databaseUrl = database.ownerUrl;
  const log = createLog(config.logLevel);
  const wecomHealth = createWeComHealth(clock, log);
  const { apiUrl, corpId, agentId, secret } = config.wecom;
  const wecom = createWeCom({
    apiUrl,
    corpId,
    agentId,
    secret,
    clock,
    secrets: createSecretStore({ db: database.db, log }, config, clock.now),
    timeoutMs: 2_000,
    sleep: async () => undefined,
    ledger: createCallLedger(database.db, corpId, () => sql`${clock.now().getTime()}`),
    onCall: wecomHealth.observe,
    onNotAsked: wecomHealth.observeRefusal,
  });
  const deps: Deps = { db: database.db, clock, wecom, wecomHealth, config, log };
  await meetCorp(deps);
  // How busy the machine is that runs the tests is not what they are about.
  const app = await buildApp(deps, { turns: { unreadForMs: () => 0, stop: () => undefined }, ...options.app });
  if (options.listen) {
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    if (world) world.callback.url = `${address}/wecom/callback`;
  } else await app.ready();
  const sessions = createSessions(config, clock);
  let workers: { stop(): Promise<void> } | null = null;
  return {
    app,
    deps,
    database,
    clock,
    simulator,
    cookieOf: (staffUserId) => ({ cookie: `${sessions.cookieName}=${sessions.begin(staffUserId)}` }),
    startWorkers() {
      workers ??= startWorkers(deps, database.url);
    },
    async close() {
      await app.close();
      await workers?.stop();
      await simulator?.close();
      await database.drop();
    },
  };
}

/** Asks until the answer is there; fails with the last answer after `ms`. */
export async function eventually<T>(ask: () => Promise<T | null | undefined | false>, ms = 20_000): Promise<T> {
  for (const end = performance.now() + ms; ;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`waited ${ms} ms in vain`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
