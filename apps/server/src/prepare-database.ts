import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { passwordOfCorp, roleOfCorp } from './database.ts';

export const migrationsFolder = fileURLToPath(new URL('../../../drizzle', import.meta.url));

// One number for "somebody prepares this database": two processes that start together take turns.
const preparing = 7_310_001;

/** Every table with a `corp_id` is protected, also one that a later migration adds and whose author forgot. */
const protectTables = `
DO $$
DECLARE t record;
BEGIN
  FOR t IN
    SELECT c.oid, c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'corp_id'
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.relname);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.relname);
    EXECUTE format('CREATE POLICY own_corp ON %I USING (corp_id = current_setting(''app.corp_id'')) WITH CHECK (corp_id = current_setting(''app.corp_id''))', t.relname);
  END LOOP;
END $$`;

/** Sent as one, so as one transaction: at no moment may the application change what is in the audit log, or reach the months of a ledger past its policies. */
const appRole = `
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nextline_app') THEN CREATE ROLE nextline_app NOLOGIN; END IF;
END $$;
GRANT USAGE ON SCHEMA public TO nextline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO nextline_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO nextline_app;
REVOKE UPDATE, DELETE ON audit_log FROM nextline_app;
GRANT UPDATE (seq, previous_hash, hash) ON audit_log TO nextline_app;
REVOKE DELETE ON audit_heads FROM nextline_app;
DO $$
DECLARE part regclass;
BEGIN
  FOR part IN SELECT i.inhrelid::regclass FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent AND p.relkind = 'p' AND p.relnamespace = 'public'::regnamespace
    JOIN pg_class c ON c.oid = i.inhrelid AND c.relkind = 'r'
  LOOP EXECUTE format('REVOKE ALL ON %s FROM nextline_app', part); END LOOP;
END $$;`;

async function inTurn<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [preparing]);
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Months of ledger that must exist: the last one (a touch may arrive late), this one, and a quarter ahead for whoever runs no worker for a while. */
export async function ensureLedgerMonths(client: Pick<pg.Client, 'query'>, now: Date): Promise<void> {
  for (const ledger of ['touches', 'suggestion_lists', 'audit_log'])
    for (const months of [-1, 0, 1, 2, 3]) {
      const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1));
      await client.query('SELECT nextline_ensure_month($1, $2)', [ledger, month.toISOString().slice(0, 10)]);
    }
}

/** Brings the schema up to date. Running twice is harmless: drizzle keeps count of what was applied, the rest asks before it acts. */
export async function migrateDatabase(ownerUrl: string, now: Date): Promise<void> {
  await inTurn(ownerUrl, async (client) => {
    await migrate(drizzle(client), { migrationsFolder });
    await ensureLedgerMonths(client, now);
    await client.query(protectTables);
    await client.query(appRole);
  });
}

/** The corp's role: may read and write, owns nothing, and sees only rows of its corp. */
export async function ensureCorpRole(ownerUrl: string, corpId: string, sessionKey: string): Promise<void> {
  await inTurn(ownerUrl, async (client) => {
    const role = client.escapeIdentifier(roleOfCorp(corpId));
    const { rows } = await client.query<{ settings: string[] | null }>('SELECT rolconfig AS settings FROM pg_roles WHERE rolname = $1', [
      roleOfCorp(corpId),
    ]);
    if (!rows[0]) await client.query(`CREATE ROLE ${role} LOGIN IN ROLE nextline_app`);
    const password = passwordOfCorp(corpId, sessionKey);
    // Which key the password follows from, so that a changed SESSION_KEY is noticed: nobody can read a password back.
    const key = createHash('sha256').update(password).digest('hex').slice(0, 8);
    // Asked first: two databases of one server (tests) must not both write the same catalogue row.
    const settled = [`app.corp_id=${corpId}`, `app.password_key=${key}`];
    if (!settled.every((setting) => rows[0]?.settings?.includes(setting))) {
      // What is looked at above is written last: whoever was killed in between begins anew.
      await client.query(`ALTER ROLE ${role} SET statement_timeout = '15s'`);
      await client.query(`ALTER ROLE ${role} SET idle_in_transaction_session_timeout = '30s'`);
      await client.query(`ALTER ROLE ${role} SET app.corp_id = ${client.escapeLiteral(corpId)}`);
      await client.query(`ALTER ROLE ${role} PASSWORD ${client.escapeLiteral(password)}`);
      await client.query(`ALTER ROLE ${role} SET app.password_key = '${key}'`);
    }
  });
}
