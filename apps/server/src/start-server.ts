/** Reads the settings, prepares the database, serves and works, and closes with grace. */
import { existsSync } from 'node:fs';
import { createWeCom } from '@nextline/wecom';
import closeWithGrace from 'close-with-grace';
import { buildApp } from './app.ts';
import { systemClock } from './clock.ts';
import { readConfig } from './config.ts';
import { openDatabaseClock } from './database-clock.ts';
import { openDatabase, urlOfCorp } from './database.ts';
import type { Deps } from './feature.ts';
import { createMetrics } from './health/metrics.ts';
import { createLog } from './log.ts';
import { ensureCorpRole, migrateDatabase } from './prepare-database.ts';
import { startWorkers, watchWeComOnly } from './start-workers.ts';
import { meetCorp } from './wecom-sync/meet-corp.ts';
import { createCallLedger } from './wecom-sync/call-ledger.store.ts';
import { createSecretStore } from './wecom-sync/secret-store.ts';
import { createWeComHealth } from './wecom-sync/wecom-health.ts';

function giveUp(lines: string[]): never {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
}

/** From the start of the process to now: by the clock on the wall, and of the processor, which a busy machine does not change. */
function startTimes(): { startMs: number; startCpuMs: number } {
  const { user, system } = process.cpuUsage();
  return { startMs: Math.round(performance.now()), startCpuMs: Math.round((user + system) / 1000) };
}

/**
 * Connections that may wait to be taken. Node asks the system for 511: when more callbacks came at one moment, the system dropped the others unseen,
 * and they came again seconds later.
 */
const mostUnaccepted = 4_096;

const errorCode = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');

// What the environment already says wins over the file.
if (existsSync('.env')) process.loadEnvFile('.env');
const read = readConfig(process.env);
if ('problems' in read)
  giveUp([
    'Nextline does not start. What to correct in the settings (.env.example explains each):',
    ...read.problems.map((line) => `  - ${line}`),
  ]);
const { config } = read;
const { corpId, agentId, secret, apiUrl } = config.wecom;
const log = createLog(config.logLevel);

try {
  await migrateDatabase(config.databaseUrl, systemClock.now());
  await ensureCorpRole(config.databaseUrl, corpId, config.sessionKey);
} catch (error) {
  const { host } = new URL(config.databaseUrl);
  const reason = error instanceof Error ? error.message || errorCode(error) : String(error);
  giveUp([
    `The database at ${host} cannot be prepared: ${reason}`,
    'DATABASE_URL must be its address as a user who may create tables and roles.',
    ...(/set parameter/.test(reason)
      ? ['That user is no superuser: once, as one, run GRANT SET ON PARAMETER "app.corp_id", "app.password_key" TO <user>.']
      : []),
  ]);
}

const corpUrl = urlOfCorp(config.databaseUrl, corpId, config.sessionKey);
const database = openDatabase({
  url: corpUrl,
  onError: (error) => log.warn({ err: error }, 'a connection to Postgres broke; a new one is opened when needed'),
});
const clock = await openDatabaseClock({ db: database.db, log });
const metrics = createMetrics();
metrics.watchPool(database.pool);
const wecomHealth = createWeComHealth(clock, log);
const wecom = createWeCom({
  apiUrl,
  corpId,
  agentId,
  secret,
  clock,
  secrets: createSecretStore({ db: database.db, log }, config, clock.now),
  timeoutMs: 5_000,
  ledger: createCallLedger(database.db, corpId),
  onCall(call) {
    metrics.observeWeCom(call);
    wecomHealth.observe(call);
  },
  onNotAsked: wecomHealth.observeRefusal,
});
const deps: Deps = { db: database.db, clock, wecom, wecomHealth, config, log };
await meetCorp(deps);

const serves = config.processMode !== 'worker';
const works = config.processMode !== 'web';
const app = serves ? await buildApp(deps, { metrics }) : null;
try {
  const address = await app?.listen({ port: config.port, host: config.host, backlog: mostUnaccepted });
  log.info({ address, publicUrl: config.publicUrl, mode: config.processMode, ...startTimes() }, 'ready');
} catch (error) {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${config.port} is taken. Set PORT to a free one, or stop what listens there.`,
    EACCES: `Port ${config.port} is not for this user: below 1024 only root may listen. Set PORT to a higher one.`,
    EADDRNOTAVAIL: `This machine has no address ${config.host}. Set HOST to one that it has, or to 0.0.0.0 for all.`,
    ENOTFOUND: `HOST ${config.host} is no address. Set it to one of this machine, or to 0.0.0.0 for all.`,
  };
  const sentence = sentences[errorCode(error)];
  if (sentence === undefined) throw error;
  giveUp([sentence]);
}
const workers = works ? startWorkers(deps, corpUrl) : watchWeComOnly(deps);

// First nobody new is let in, then what is under way ends, then the ground is taken away.
closeWithGrace({ delay: 15_000, logger: log }, async ({ err, signal }) => {
  if (err) log.fatal({ err }, 'an error that nobody caught: closing');
  else log.info({ signal }, 'closing');
  await app?.close();
  await workers.stop();
  clock.stop();
  await database.close();
  log.info('closed');
});
