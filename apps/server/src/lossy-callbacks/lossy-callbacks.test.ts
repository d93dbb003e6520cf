import { type RunningSimulator, startSimulator } from '@nextline/wecom-simulator';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Config } from '../config.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { fullSync } from '../wecom-sync/full-sync.ts';
import { reconcile } from '../wecom-sync/reconcile.ts';
import { runLossyCallbacks } from './run-lossy-callbacks.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
const never = new AbortController().signal;

let simulator: RunningSimulator;
let settings: Config['wecom'];
let sound: TestApp;
let lossy: TestApp;

async function startProduct(): Promise<TestApp> {
  const product = await startTestApp({ settings, listen: true });
  await fullSync(product.deps, never);
  product.startWorkers();
  return product;
}

beforeAll(async () => {
  simulator = await startSimulator({ port: 0, webviewPort: 0, productUrl: 'http://localhost:1', callbackUrl: 'http://localhost:1' });
  const { corp, app, callback } = simulator.world;
  settings = {
    corpId: corp.corpId,
    agentId: app.agentId,
    secret: app.secret,
    callbackToken: callback.token,
    callbackAesKey: callback.aesKey,
    apiUrl: simulator.url,
    oauthUrl: simulator.url,
    loginUrl: simulator.url,
  };
  [sound, lossy] = await Promise.all([startProduct(), startProduct()]);
});
afterAll(async () => {
  await Promise.all([sound.close(), lossy.close()]);
  await simulator.close();
});

const productOf = (of: TestApp) => {
  const address = of.app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the product listens on no port');
  return {
    callbackUrl: `http://127.0.0.1:${address.port}/wecom/callback`,
    db: of.deps.db,
    reconcile: async () => void (await reconcile(of.deps, never)),
  };
};

test('T12: callbacks five times each, shuffled, some lost: after a reconciliation every table equals that of the run that lost nothing', async () => {
  const result = await runLossyCallbacks({
    simulatorUrl: simulator.url,
    wecom: settings,
    sound: productOf(sound),
    lossy: productOf(lossy),
    seed: 20_261_122,
    changes: 300,
    // Of so few, one in a hundred would be three.
    dropRate: 0.05,
  });
  expect(result.callbacks).toBeGreaterThan(250);
  expect(result.dropped).toBeGreaterThan(5);
  expect(result.delivered).toBe((result.callbacks - result.dropped) * 5);
  expect(result.dead).toBe(0);
  expect(result.differences).toEqual([]);
  expect(result.rows).toMatchObject({ customers: expect.any(Number), follows: expect.any(Number) });
});
