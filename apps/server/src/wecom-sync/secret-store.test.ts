import { createWeCom, type SecretStore, type WeCom } from '@nextline/wecom';
import { type RunningSimulator, startSimulator } from '@nextline/wecom-simulator';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { openDatabase, type OpenDatabase } from '../database.ts';
import { leases } from '../leases/leases.table.ts';
import { createLog } from '../log.ts';
import { createTestDatabase, type TestDatabase, testSessionKey } from '../test-database.ts';
import { createCallLedger } from './call-ledger.store.ts';
import { createSecretStore } from './secret-store.ts';
import { wecomSecretRefusals, wecomSecrets } from './wecom-sync.table.ts';

let simulator: RunningSimulator;
let database: TestDatabase;
let processes: Process[];

/** What a process of its own has: a pool, a client, a memory. */
type Process = { open: OpenDatabase; store: SecretStore; wecom: WeCom };

function settings(secret: string) {
  const { corp, app, callback } = simulator.world;
  const read = readConfig({
    PUBLIC_URL: 'http://localhost:7320',
    SESSION_KEY: testSessionKey,
    DATABASE_URL: database.ownerUrl,
    WECOM_CORP_ID: corp.corpId,
    WECOM_AGENT_ID: app.agentId,
    WECOM_SECRET: secret,
    WECOM_CALLBACK_TOKEN: callback.token,
    WECOM_CALLBACK_AES_KEY: callback.aesKey,
    WECOM_API_URL: simulator.url,
  });
  if ('problems' in read) throw new Error(read.problems.join(' '));
  return read.config;
}

function startProcess(secret = simulator.world.app.secret): Process {
  const config = settings(secret);
  const open = openDatabase({ url: database.url, max: 8, onError: () => undefined });
  const store = createSecretStore({ db: open.db, log: createLog('silent') }, config, systemClock.now);
  const ledger = createCallLedger(open.db, config.wecom.corpId);
  const wecom = createWeCom({ ...config.wecom, secrets: store, ledger, clock: systemClock, timeoutMs: 5_000 });
  return { open, store, wecom };
}

beforeAll(async () => {
  const url = 'http://localhost:1';
  simulator = await startSimulator({ port: 0, webviewPort: 0, productUrl: url, callbackUrl: url, trustedHosts: [] });
  database = await createTestDatabase({ corpId: simulator.world.corp.corpId });
  processes = [startProcess(), startProcess()];
});
afterAll(async () => {
  for (const { open } of processes) await open.close();
  await database.drop();
  await simulator.close();
});
beforeEach(async () => {
  await control('/_sim/reset', {});
  await database.db.delete(wecomSecrets);
  await database.db.delete(wecomSecretRefusals);
});

async function control(path: string, body: object): Promise<void> {
  const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  expect((await fetch(simulator.url + path, { method: 'POST', ...json })).ok).toBe(true);
}
const asked = async (path: string): Promise<number> => {
  const answer = await fetch(`${simulator.url}/_sim/calls?path=${path}&limit=1`);
  return ((await answer.json()) as { total: number }).total;
};
/** `n` calls spread over the processes, all at once. */
const callsAtOnce = (n: number) =>
  Promise.allSettled(Array.from({ length: n }, (_, index) => processes[index % processes.length]?.wecom.followUsers()));

test('T10: the token dies under 50 concurrent calls of two processes: one gettoken each time, and not one call fails', async () => {
  await callsAtOnce(50);
  for (const [round, dies] of [
    () => control('/_sim/corp', { revoke_tokens: true }),
    () => control('/_sim/clock', { advance_ms: 7_300_000 }),
    () => control('/_sim/corp', { revoke_tokens: true }),
  ].entries()) {
    const before = await asked('gettoken');
    await dies();
    const outcomes = await callsAtOnce(50);
    expect([round, outcomes.filter(({ status }) => status === 'rejected')]).toEqual([round, []]);
    expect([round, (await asked('gettoken')) - before]).toEqual([round, 1]);
  }
});

test('T10: a token that dies while the calls are under way costs one gettoken, whichever of them notices first', async () => {
  await callsAtOnce(2);
  const before = await asked('gettoken');
  await control('/_sim/faults', { path: '/cgi-bin/externalcontact/get_follow_user_list', delay_ms: 30, times: 25 });
  const calls = callsAtOnce(50);
  await control('/_sim/corp', { revoke_tokens: true });
  expect((await calls).filter(({ status }) => status === 'rejected')).toEqual([]);
  expect((await asked('gettoken')) - before).toBeLessThanOrEqual(1);
});

test('T4: who was overtaken while it fetched a token does not overwrite the newer one', async () => {
  const [slow, quick] = processes;
  if (!slow || !quick) throw new Error('no processes');
  const { promise: overtaken, resolve: overtake } = Promise.withResolvers<void>();
  const lasting = new Date(Date.now() + 7_200_000);
  const runs: string[] = [];
  const late = slow.store.withRefreshLock('access_token', async (keep) => {
    const stored = await slow.store.get('access_token');
    if (stored) return stored.value;
    runs.push('fetched');
    await overtaken;
    await keep({ value: 'stale', expiresAt: lasting });
    return 'stale';
  });
  await vi.waitFor(() => expect(runs).toHaveLength(1), { timeout: 10_000 });
  await database.db
    .update(leases)
    .set({ heldUntil: sql`clock_timestamp() - interval '1 ms'` })
    .where(eq(leases.name, `refresh access_token of ${simulator.world.app.agentId}`));
  await quick.store.withRefreshLock('access_token', (keep) => keep({ value: 'newer', expiresAt: lasting }));
  overtake();
  expect(await late).toBe('newer');
  expect((await quick.store.get('access_token'))?.value).toBe('newer');
});

test('a wrong secret is asked for once by all processes together, and a corrected setting is tried at once', async () => {
  const wrong = [startProcess('wrong'), startProcess('wrong')];
  const before = await asked('gettoken');
  for (let n = 0; n < 5; n += 1)
    for (const { wecom } of wrong) await expect(wecom.followUsers()).rejects.toMatchObject({ kind: 'config', errcode: 40001 });
  expect((await asked('gettoken')) - before).toBe(1);
  const { rows } = await database.db.execute<{ all: string }>(sql`SELECT wecom_secret_refusals::text AS all FROM wecom_secret_refusals`);
  expect(rows[0]?.all).not.toContain('wrong');

  const corrected = startProcess();
  expect(await corrected.wecom.followUsers()).not.toEqual([]);
  expect((await asked('gettoken')) - before).toBe(2);
  // They live on with the token that the corrected one has brought.
  expect(await wrong[0]?.wecom.followUsers()).not.toEqual([]);
  for (const { open } of [...wrong, corrected]) await open.close();
});
