import type pg from 'pg';

type Client = Pick<pg.Client, 'query'>;

/**
 * Turns row level security off and on for every protected table. Done between two halves of a round, so that both halves run in the same server
 * process over the same pages; Postgres then plans anew by itself.
 */
export async function setRowLevelSecurity(client: Client, tables: string[], on: boolean): Promise<void> {
  await client.query(tables.map((table) => `ALTER TABLE ${table} ${on ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY`).join(';'));
}

export async function protectedTables(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(relname) AS name FROM pg_class WHERE relrowsecurity AND relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}
