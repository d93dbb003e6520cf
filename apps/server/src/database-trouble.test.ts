import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './test-app.ts';
import { openShop } from './test-shop.ts';

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp();
  await openShop(world.deps);
});
afterAll(() => world.close());

const writeNote = () =>
  world.app.inject({
    method: 'POST',
    url: '/api/sidebar/customers/wmLin/notes',
    headers: world.cookieOf('zhou'),
    payload: { noteId: crypto.randomUUID(), text: '喜欢淡香' },
  });
const health = async () => (await world.app.inject({ url: '/health/ready' })).json();
const notesKept = async () => (await world.database.db.execute<{ n: number }>(sql`SELECT count(*)::int AS n FROM notes`)).rows[0]?.n;

test('T7: whatever Postgres could not do, the guide is told when to come again, nothing is left behind, and health says what it was', async () => {
  const owner = new pg.Client({ connectionString: world.database.ownerUrl });
  await owner.connect();
  expect(await health()).toMatchObject({ database: 'ok', databaseTrouble: null });
  for (const [sqlState, kind] of [
    ['53100', 'disk_full'],
    ['57014', 'statement_timeout'],
    ['40P01', 'deadlock'],
  ]) {
    await owner.query(`CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'so it goes' USING ERRCODE = '${sqlState}'; END $$`);
    await owner.query('CREATE OR REPLACE TRIGGER refuse AFTER INSERT ON notes FOR EACH ROW EXECUTE FUNCTION refuse()');
    const refused = await writeNote();
    expect([refused.statusCode, refused.json().error.code, refused.headers['retry-after']]).toEqual([503, 'store.unavailable', '3']);
    expect(await health()).toMatchObject({ database: 'ok', databaseTrouble: { kind } });
    await owner.query('DROP TRIGGER refuse ON notes');
    expect(await notesKept()).toBe(0);
  }
  await owner.end();
  expect((await writeNote()).statusCode).toBeLessThan(300);
  world.clock.advance(5 * 60_000);
  expect(await health()).toMatchObject({ databaseTrouble: null });
});
