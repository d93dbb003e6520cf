import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import packaged, { inflate, setupLambdaEnvironment } from '@sparticuz/chromium';
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
  const executablePath = await packaged.executablePath();
  // A machine without a browser may lack what one links to and any font as well; the package brings both.
  if (!existsSync('/etc/fonts/fonts.conf')) process.env['FONTCONFIG_PATH'] ??= join(tmpdir(), 'fonts');
  if (spawnSync(executablePath, ['--version']).status === 127) {
    await inflate(fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'))));
    setupLambdaEnvironment(join(tmpdir(), 'al2023', 'lib'));
  }
  // Its own flags are for a server without processes to spare: `--single-process` dies when a context closes.
  return { executablePath, args: quiet };
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
  // One stall of the machine does not stand for a fault. What passes only at the second try is printed as flaky, and is looked at.
  retries: 1,
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
