import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from './log.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let lines = '';
  write(createLog('trace', { write: (line) => void (lines += line) }));
  expect(lines).not.toBe('');
  return lines;
}
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error('it should have failed');
    },
    (error: unknown) => error,
  );

test('cookies, tokens, tickets, codes and mobile numbers are struck out, wherever in what is logged they stand', () => {
  const secrets = { cookie: 'hush', authorization: 'hush', secret: 'hush', accessToken: 'hush', ticket: 'hush', welcomeCode: 'hush' };
  const lines = logged((log) => {
    log.info({ ...secrets, mobiles: ['hush'] }, 'at the top');
    log.info({ headers: { ...secrets, 'set-cookie': 'hush' } }, 'one level down');
    log.info({ call: { answer: { ...secrets, mobiles: ['hush'] } } }, 'two levels down');
  });
  expect(lines).not.toContain('hush');
  expect(lines).toContain('"ticket":"***"');
});

test('of a request the path is kept, not the query that holds an OAuth code', () => {
  const lines = logged((log) => log.info({ req: { method: 'GET', url: '/auth/callback?code=hush&state=hush' } }, 'asked'));
  expect(lines).toContain('"path":"/auth/callback"');
  expect(lines).not.toContain('hush');
});

test('a query that failed is logged without its parameters, also inside another error', async () => {
  const failed = await failureOf(database.db.execute(sql`SELECT ${'13800000101'}::text, no_such_column`));
  for (const err of [failed, new Error('the panel could not be read', { cause: failed })]) {
    const lines = logged((log) => log.error({ err }, 'failed'));
    expect(lines).toContain('column \\"no_such_column\\" does not exist');
    expect(lines).not.toContain('13800000101');
  }
});

test('what Postgres shows of a row that it did not take is left out', async () => {
  // As the owner: to the application itself Postgres shows no row of a table under row level security.
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const failed = await failureOf(
    owner.query("INSERT INTO stages (corp_id, stage_id, name, position) VALUES ('c', 's', '13800000101', NULL)"),
  );
  await owner.end();
  expect(failed).toMatchObject({ detail: expect.stringContaining('13800000101') });
  const lines = logged((log) => log.error({ err: failed }, 'failed'));
  expect(lines).toContain('"code":"23502"');
  expect(lines).not.toContain('13800000101');
});
