import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export const root = fileURLToPath(new URL('..', import.meta.url));

export type DemoSettings = {
  /** Forget the demo's data and start over. */
  fresh: boolean;
  /** Rebuild the apps and restart the server when a file changes. */
  watch: boolean;
  dataDir: string;
  ports: { server: number; simulator: number; webview: number; postgres: number };
  /** A Postgres of one's own instead of the embedded one. */
  databaseUrl: string | undefined;
};

function port(name: string, fallback: number): number {
  const given = process.env[name];
  if (given === undefined || given === '') return fallback;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    throw new Error(`${name} is ${JSON.stringify(given)}: it must be a port between 1 and 65535.`);
  return value;
}

/** Command line and environment: `--fresh`, `--watch`, `--data DIR`, PORT, SIM_PORT, SIM_WEBVIEW_PORT, PG_PORT, DATABASE_URL. */
export function readDemoSettings(args: string[]): DemoSettings {
  const { values } = parseArgs({ args, options: { fresh: { type: 'boolean' }, watch: { type: 'boolean' }, data: { type: 'string' } } });
  return {
    fresh: values.fresh ?? false,
    watch: values.watch ?? false,
    dataDir: values.data ?? join(root, '.data', 'demo'),
    ports: {
      server: port('PORT', 7300),
      simulator: port('SIM_PORT', 7310),
      webview: port('SIM_WEBVIEW_PORT', 7320),
      postgres: port('PG_PORT', 7332),
    },
    databaseUrl: process.env['DATABASE_URL'] || undefined,
  };
}

/** The session key is made once per data folder, so that a restart of the demo keeps everybody signed in. */
export function sessionKeyOf(dataDir: string): string {
  const file = join(dataDir, 'session-key');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  mkdirSync(dataDir, { recursive: true });
  const key = randomBytes(32).toString('base64url');
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  return key;
}
