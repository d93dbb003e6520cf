import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import packaged from '@sparticuz/chromium';
import { freePort } from './local-postgres/free-port.ts';

/** Chromium: one that is named, one that is installed, or the one that comes inside an npm package. Never a download of its own. */
async function chromium(): Promise<{ executablePath: string; args: string[] }> {
  const installed = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  // Without these, Chromium calls home at every start; on a closed network that is seconds of waiting.
  const quiet = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  if (existsSync(installed)) return { executablePath: installed, args: quiet };
  // Its own flags are for a server without processes to spare: `--single-process` dies when a context closes.
  return { executablePath: await packaged.executablePath(), args: quiet };
}

// Ports of its own: a demo that is running is left alone. Chosen once; the workers, which read this file again, inherit the choice.
for (const name of ['PORT', 'SIM_PORT', 'SIM_WEBVIEW_PORT', 'PG_PORT']) process.env[`E2E_${name}`] ??= String(await freePort());
const port = (name: string) => process.env[`E2E_${name}`] ?? '';
const ports = { PORT: port('PORT'), SIM_PORT: port('SIM_PORT'), SIM_WEBVIEW_PORT: port('SIM_WEBVIEW_PORT'), PG_PORT: port('PG_PORT') };

export default defineConfig({
  testDir: 'e2e',
  // One simulated WeCom serves all: its faults and its clock belong to one test at a time.
  workers: 1,
  timeout: 30_000,
  expect: { timeout: 7_000 },
  reporter: [['list']],
  retries: 0,
  forbidOnly: true,
  use: {
    baseURL: `http://localhost:${ports.SIM_PORT}`,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    launchOptions: await chromium(),
    trace: 'off',
  },
  webServer: {
    command: `node demo/run.ts --fresh --data ${join(tmpdir(), `nextline-e2e-${ports.PORT}`)}`,
    env: ports,
    wait: { stdout: /ready http/ },
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stdout: 'pipe',
  },
});
