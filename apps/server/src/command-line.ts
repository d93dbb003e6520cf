import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { Clock } from './clock.ts';
import { type Config, readConfig } from './config.ts';
import { openDatabaseClock } from './database-clock.ts';
import { type Database, openDatabase, urlOfCorp } from './database.ts';
import type { Deps } from './feature.ts';
import { createLog } from './log.ts';

export type CommandLine = { config: Config; db: Database; clock: Clock; log: Deps['log']; close(): Promise<void> };

/** Says one sentence to whoever typed the command, and ends with 2. */
export function stopWith(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  return process.exit(2);
}

/** As the server itself: what the environment already says wins over .env. A file that was asked for by name wins over both. */
function readSettings(envFile: string | undefined): Config {
  if (envFile === undefined && existsSync('.env')) process.loadEnvFile('.env');
  if (envFile !== undefined && !existsSync(envFile)) stopWith(`${envFile} is not there.`);
  const given = envFile === undefined ? process.env : { ...process.env, ...parseEnv(readFileSync(envFile, 'utf8')) };
  const read = readConfig(given);
  return 'problems' in read ? stopWith(read.problems.join('\n')) : read.config;
}

/** What Postgres said, from under what wraps it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** What a command beside the server works with: its settings, the corp's database, the database's time. The server must have started once. */
export async function openCommandLine(options: { envFile: string | undefined; logLevel?: string }): Promise<CommandLine> {
  const config = readSettings(options.envFile);
  const url = urlOfCorp(config.databaseUrl, config.wecom.corpId, config.sessionKey);
  const { db, close } = openDatabase({ url, max: 4, onError: (error) => void process.stderr.write(`${error.message}\n`) });
  const log = createLog(options.logLevel ?? 'silent');
  const clock = await openDatabaseClock({ db, log }).catch((error: unknown) =>
    stopWith(`The database cannot be asked: ${reasonOf(error)}`),
  );
  return {
    config,
    db,
    clock,
    log,
    async close() {
      clock.stop();
      await close();
    },
  };
}
