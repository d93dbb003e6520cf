import { createServer } from 'node:net';
import type { DemoSettings } from './settings.ts';

const setting = { server: 'PORT', simulator: 'SIM_PORT', webview: 'SIM_WEBVIEW_PORT', postgres: 'PG_PORT' } as const;
const what = {
  server: 'the server',
  simulator: 'the simulated WeCom',
  webview: 'the simulated webview',
  postgres: 'the embedded Postgres',
} as const;

async function isTaken(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((answer) => {
    server.once('error', () => answer(true));
    server.listen(port, '127.0.0.1', () => server.close(() => answer(false)));
  });
}

/** All ports that something else holds, each with the setting that moves it; empty when all are free. */
export async function takenPorts(settings: DemoSettings): Promise<string[]> {
  const sentences: string[] = [];
  for (const name of ['server', 'simulator', 'webview', 'postgres'] as const) {
    if (name === 'postgres' && settings.databaseUrl) continue;
    const port = settings.ports[name];
    if (await isTaken(port))
      sentences.push(`Port ${port} is taken, and ${what[name]} needs it. Set ${setting[name]} to a free port, or end what holds it.`);
  }
  return sentences;
}
