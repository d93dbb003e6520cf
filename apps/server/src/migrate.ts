/** `pnpm db:migrate [--env-file FILE]`: brings the schema of DATABASE_URL up to date and ends. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { systemClock } from './clock.ts';
import { migrateDatabase } from './prepare-database.ts';

const { values } = parseArgs({ options: { 'env-file': { type: 'string' } } });
const envFile = values['env-file'] ?? (existsSync('.env') ? '.env' : null);
if (envFile !== null) process.loadEnvFile(envFile);

const url = process.env['DATABASE_URL'];
if (!url) {
  process.stderr.write('DATABASE_URL is not set: the address of the Postgres to migrate, as its owner.\n');
  process.exit(1);
}
await migrateDatabase(url, systemClock.now());
process.stdout.write('The schema is up to date.\n');
