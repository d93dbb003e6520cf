import { readMigrationFiles } from 'drizzle-orm/migrator';
import pg from 'pg';
import { verifyAudit } from '../audit/verify-audit.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { type Database, openDatabase, roleOfCorp, urlOfCorp } from '../database.ts';
import { migrationsFolder } from '../prepare-database.ts';
import { mediaAt } from '../scripts/media-now.ts';
import { inboxProgress } from '../wecom-callback/inbox-progress.ts';
import { outboxProgress } from '../wecom-sync/outbox-progress.ts';
import { rememberedAnswers } from '../wecom-sync/remember-answers.ts';
import { syncProgress } from '../wecom-sync/sync-progress.ts';
import { lastCallbackAt, sentFromSidebarSince, staffWithCustomers } from './doctor.store.ts';
import type { DatabaseFinding, ExpectedStaff, StoreFinding } from './findings.ts';

const patienceMs = 4_000;
/** The whole log is read by `pnpm run audit verify`. */
const auditEntriesRead = 20_000;
const lately = 7 * 86_400_000;

const sentence = (error: unknown) => {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return error.message || code;
};

/** As the owner of the schema: is it there, is it of this release, has the corp its role? */
async function askOwner(config: Config): Promise<DatabaseFinding> {
  const client = new pg.Client({
    connectionString: config.databaseUrl,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
    application_name: 'nextline doctor',
  });
  // A connection that breaks while nothing is asked would otherwise end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const newest = Math.max(...readMigrationFiles({ migrationsFolder }).map((migration) => migration.folderMillis));
    const { rows: there } = await client.query<{ there: boolean }>(
      `SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS there`,
    );
    if (!there[0]?.there) return { kind: 'not_migrated' };
    const { rows: applied } = await client.query<{ newest: string | null }>(
      'SELECT max(created_at) AS newest FROM drizzle.__drizzle_migrations',
    );
    if (Number(applied[0]?.newest ?? 0) < newest) return { kind: 'not_migrated' };
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [roleOfCorp(config.wecom.corpId)]);
    return rowCount === 0 ? { kind: 'never_started' } : { kind: 'ready' };
  } catch (error) {
    return { kind: 'away', reason: sentence(error) };
  } finally {
    await client.end().catch(() => undefined);
  }
}

export type DatabaseAnswer = {
  database: DatabaseFinding;
  /** Null unless the database is ready; the caller closes it. */
  open: { db: Database; close(): Promise<void> } | null;
};

/** Connects as the server does, once the owner has said that there is something to connect to. */
export async function askDatabase(config: Config, wrong: string[]): Promise<DatabaseAnswer> {
  if (wrong.includes('DATABASE_URL')) return { database: { kind: 'not_set' }, open: null };
  const database = await askOwner(config);
  if (database.kind !== 'ready' || wrong.includes('SESSION_KEY') || wrong.includes('WECOM_CORP_ID')) return { database, open: null };
  const url = urlOfCorp(config.databaseUrl, config.wecom.corpId, config.sessionKey);
  const open = openDatabase({ url, max: 2, onError: () => undefined });
  try {
    await open.db.execute('SELECT 1');
    return { database, open };
  } catch (error) {
    await open.close();
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    return { database: { kind: 'locked_out', reason: sentence(cause) }, open: null };
  }
}

/** What the server has noted down so far. */
export async function askStore(db: Database, config: Config, clock: Clock): Promise<{ store: StoreFinding; staff: ExpectedStaff[] }> {
  const now = clock.now();
  const { agentId } = config.wecom;
  const [callbackAt, inbox, sent, sync, staff, media, outbox, remembered, audit] = await Promise.all([
    lastCallbackAt(db),
    inboxProgress(db),
    sentFromSidebarSince(db, new Date(now.getTime() - lately)),
    syncProgress(db),
    staffWithCustomers(db),
    mediaAt(db, agentId, now),
    outboxProgress(db),
    rememberedAnswers({ db, config }),
    verifyAudit({ db, clock, config }, { newest: auditEntriesRead }),
  ]);
  const { checked, faults } = audit;
  return {
    store: {
      lastCallbackAt: callbackAt,
      inbox,
      sentFromSidebarLately: sent,
      sync,
      media,
      remembered,
      unsureWrites: outbox.unsure,
      audit: { checked, faults },
    },
    staff,
  };
}
