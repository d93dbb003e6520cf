import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

type Key = { table: string; columns: string[]; primary: boolean };

async function uniqueKeys(): Promise<Key[]> {
  const { rows } = await database.db.execute<Key>(sql`
    SELECT c.relname AS "table", i.indisprimary AS "primary",
      ARRAY(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY k(n, place) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.n ORDER BY place) AS columns
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace AND NOT c.relispartition ORDER BY 1`);
  return rows;
}
const namesOf = async (query: ReturnType<typeof sql>) => (await database.db.execute<{ name: string }>(query)).rows.map(({ name }) => name);

test('the primary key of every table begins with the corp, and of what belongs to a customer it goes on with her', async () => {
  const hers = new Set(
    await namesOf(sql`SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'external_user_id'`),
  );
  const keys = await uniqueKeys();
  const wrong = keys.filter(({ table, columns }) => columns[0] !== 'corp_id' || (hers.has(table) && !columns.includes('external_user_id')));
  expect(wrong).toEqual([]);
  const elsewhere = keys.filter(({ table, columns, primary }) => primary && hers.has(table) && columns[1] !== 'external_user_id');
  expect(elsewhere).toEqual([]);
});

test('every table of the application belongs to a corp and has a primary key', async () => {
  const tables = await namesOf(
    sql`SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`,
  );
  const keyed = new Set((await uniqueKeys()).filter(({ primary }) => primary).map(({ table }) => table));
  expect(tables.filter((table) => !keyed.has(table))).toEqual([]);
});

test('ids are compared as bytes', async () => {
  const ids = await namesOf(sql`
    SELECT c.relname || '.' || a.attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_collation l ON l.oid = a.attcollation
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'text'::regtype
      AND (a.attname LIKE '%\\_id' OR a.attname = 'payload_hash') AND l.collname <> 'C'`);
  expect(ids).toEqual([]);
});
