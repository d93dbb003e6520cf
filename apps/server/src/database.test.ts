import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { databaseIsAway } from './database-away.ts';
import { openDatabase, passwordOfCorp, roleOfCorp, urlOfCorp } from './database.ts';
import { stages } from './stages/stages.table.ts';
import { createTestDatabase, type TestDatabase, testCorpId, testSessionKey } from './test-database.ts';
import { ensureCorpRole, migrateDatabase } from './prepare-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('a corp sees its own rows and no others, with no WHERE at all', async () => {
  await ensureCorpRole(database.ownerUrl, 'wwother', testSessionKey);
  const other = openDatabase({ url: urlOfCorp(database.ownerUrl, 'wwother', testSessionKey), onError: () => undefined });
  await database.db.insert(stages).values({ corpId: testCorpId, stageId: 's1', name: '新客', position: 1 });
  await other.db.insert(stages).values({ corpId: 'wwother', stageId: 's1', name: '别家的', position: 1 });
  expect((await database.db.select().from(stages)).map((stage) => stage.name)).toEqual(['新客']);
  expect((await other.db.select().from(stages)).map((stage) => stage.name)).toEqual(['别家的']);
  await other.close();
});

test('a row cannot be written for another corp', async () => {
  await expect(database.db.insert(stages).values({ corpId: 'wwother', stageId: 's2', name: 'x', position: 1 })).rejects.toThrow(
    expect.objectContaining({ cause: expect.objectContaining({ code: '42501' }) }),
  );
});

test('every table that belongs to a corp is under forced row level security', async () => {
  const { rows } = await database.db.execute<{ relname: string }>(sql`
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'corp_id'
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`);
  expect(rows).toEqual([]);
});

test('the role of the application owns nothing', async () => {
  const { rows } = await database.db.execute(sql`SELECT relname FROM pg_class WHERE relowner = current_user::regrole`);
  expect(rows).toEqual([]);
});

test('a touch of a month without a partition is kept', async () => {
  const insert = sql`INSERT INTO touches (corp_id, external_user_id, touched_at, touch_id, touchpoint, purpose, title) VALUES (${testCorpId}, 'wm1', '2019-02-03T00:00:00Z', gen_random_uuid(), 'import', 'service', 't') RETURNING tableoid::regclass::text AS place`;
  expect((await database.db.execute(insert)).rows).toEqual([{ place: 'touches_other' }]);
});

test('a changed session key does not lock the application out: the role follows it', async () => {
  await ensureCorpRole(database.ownerUrl, 'wwrekeyed', testSessionKey);
  const newKey = 'another session key, after somebody changed it, 32+ bytes';
  await ensureCorpRole(database.ownerUrl, 'wwrekeyed', newKey);
  const { rows } = await database.db.execute<{ key: string }>(
    sql`SELECT setting AS key FROM pg_roles, unnest(rolconfig) AS setting WHERE rolname = ${roleOfCorp('wwrekeyed')} AND setting LIKE 'app.password_key=%'`,
  );
  expect(rows[0]?.key).toBe(
    `app.password_key=${createHash('sha256').update(passwordOfCorp('wwrekeyed', newKey)).digest('hex').slice(0, 8)}`,
  );
});

test('T5: a connection that breaks in the middle of a transaction fails that transaction and nothing else', async () => {
  const nobodyListened: unknown[] = [];
  const remember = (error: unknown) => void nobodyListened.push(error);
  process.on('uncaughtException', remember);
  try {
    const broken = database.db.transaction(async (tx) => {
      const { rows } = await tx.execute<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`);
      const admin = new pg.Client({ connectionString: database.ownerUrl });
      await admin.connect();
      await admin.query('SELECT pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
      await admin.end();
      await tx.execute(sql`SELECT 1`);
    });
    await expect(broken).rejects.toThrow(expect.anything());
    expect((await database.db.execute(sql`SELECT 1 AS one`)).rows).toEqual([{ one: 1 }]);
  } finally {
    process.off('uncaughtException', remember);
  }
  expect(nobodyListened).toEqual([]);
});

const strayed = (at: string) =>
  database.db.execute(
    sql`INSERT INTO touches (corp_id, external_user_id, touched_at, touch_id, touchpoint, purpose, title) VALUES (${testCorpId}, 'wmLate', ${at}::timestamptz, gen_random_uuid(), 'import', 'service', 't')`,
  );

test('a connection on which Postgres has gone without a word is broken, one that nobody uses may be silent', async () => {
  const { url } = await createTestDatabase();
  const { pool, close } = openDatabase({ url, onError: () => undefined, silentForMs: 300 });
  onTestFinished(close);
  const pidOf = async () => (await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid;
  const pids = await Promise.all([pidOf(), pidOf()]);
  await expect(pool.query('SELECT pg_sleep(30)')).rejects.toSatisfy(databaseIsAway);
  expect(pids).toContain(await pidOf());
  expect(pool.totalCount).toBe(1);
});

test('a month that begins after nobody made its table for it takes the rows that came meanwhile, and the server starts', async () => {
  const at = '2031-03-15T09:00:00Z';
  await strayed(at);
  await migrateDatabase(database.ownerUrl, new Date(at));
  await strayed('2031-03-16T09:00:00Z');
  const { rows } = await database.db.execute<{ place: string }>(
    sql`SELECT tableoid::regclass::text AS place FROM touches WHERE external_user_id = 'wmLate'`,
  );
  expect(rows).toEqual([{ place: 'touches_2031_03' }, { place: 'touches_2031_03' }]);
  await expect(database.db.execute(sql`SELECT FROM touches_2031_03`)).rejects.toMatchObject({ cause: { code: '42501' } });
});
