/** Vitest's global set-up: one Postgres per run, one migrated template in it, from which every test file clones its own database. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { freePort } from '../../../local-postgres/free-port.ts';
import { startLocalPostgres } from '../../../local-postgres/start.ts';
import { systemClock } from './clock.ts';
import { ensureCorpRole, migrateDatabase } from './prepare-database.ts';
import { testCorpId, testSessionKey } from './test-corp.ts';

export default async function startTestPostgres(project: TestProject): Promise<() => Promise<void>> {
  const port = await freePort();
  const postgres = await startLocalPostgres({
    port,
    dataDir: join(tmpdir(), `nextline-test-postgres-${port}`),
    throwAway: true,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400' },
  });
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query('CREATE DATABASE nextline_template');
  await admin.end();
  const template = new URL(postgres.url);
  template.pathname = '/nextline_template';
  await migrateDatabase(template.href, systemClock.now());
  await ensureCorpRole(template.href, testCorpId, testSessionKey);
  project.provide('postgresUrl', postgres.url);
  return () => postgres.stop();
}
