import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { roleOfCorp } from '../../apps/server/src/database.ts';
import type { Ground, Relation } from '../ground.ts';
import { newTap, outcomeOf, reportSent, startSend, type Tap } from '../guide-requests.ts';
import { postOnce } from '../callbacks.ts';
import { limit, type Row } from '../row.ts';
import { chanceFrom } from '../seeded.ts';
import { until } from '../until.ts';

type Health = { databaseTrouble: { kind: string } | null };
const troubleNow = async ({ product }: Ground) =>
  ((await (await fetch(`${product.url}/health/ready`)).json()) as Health).databaseTrouble?.kind ?? null;

type FullDisk = { way: string; free(): Promise<void> };

async function fits(owner: pg.Client, bytes: number): Promise<boolean> {
  const some = `INSERT INTO filler SELECT string_agg(md5(random()::text || n), '') FROM generate_series(1, $1::int / 32) n`;
  return owner.query(some, [bytes]).then(
    () => true,
    () => false,
  );
}

/** A disk that is really full: 8 MB of memory as a tablespace, with the ledgers of sends and callbacks on it. Only root can mount it. */
async function fillTablespace(ground: Ground): Promise<FullDisk> {
  const folder = mkdtempSync(join(tmpdir(), 'nextline-chaos-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=0700', 'tmpfs', folder]);
  // Postgres runs as nobody when we are root.
  chownSync(folder, 65534, 65534);
  const owner = new pg.Client({ connectionString: ground.postgres.url });
  await owner.connect();
  await owner.query(`CREATE TABLESPACE small LOCATION '${folder}'`);
  for (const table of ['callback_inbox', 'sends']) await owner.query(`ALTER TABLE ${table} SET TABLESPACE small`);
  await owner.query('CREATE TABLE filler (text text) TABLESPACE small');
  // Down to the last page: smaller and smaller pieces until none fits.
  for (const bytes of [100_000, 8_000, 100]) while (await fits(owner, bytes));
  // Free space inside the tables' own pages would still take a few rows.
  for (const table of ['callback_inbox', 'sends']) await owner.query(`VACUUM (FREEZE) ${table}`).catch(() => undefined);
  return {
    way: 'a tablespace on 8 MB of memory, full',
    async free() {
      await owner.query('DROP TABLE filler');
      for (const table of ['callback_inbox', 'sends']) await owner.query(`ALTER TABLE ${table} SET TABLESPACE pg_default`);
      await owner.query('CHECKPOINT');
      await owner.query('DROP TABLESPACE small');
      await owner.end();
      // Postgres keeps files open for a while after they are gone.
      execFileSync('umount', ['--lazy', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where no disk can be mounted: Postgres's own error for a full disk, raised where the row would be written. */
async function refuseRows(ground: Ground): Promise<FullDisk> {
  await ground.query(`CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`);
  for (const table of ['callback_inbox', 'sends'])
    await ground.query(`CREATE TRIGGER disk_is_full AFTER INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION disk_is_full()`);
  return {
    way: 'error 53100 raised by a trigger (mounting a small disk needs root)',
    async free() {
      await ground.query('DROP FUNCTION disk_is_full CASCADE');
    },
  };
}

/** What a refused tap left behind: nothing at all. */
async function leftBehind({ query }: Ground, taps: Tap[]): Promise<number> {
  const ids = taps.map(({ sendId }) => sendId);
  const [row] = await query<{ n: number }>('SELECT count(*)::int AS n FROM sends WHERE send_id = ANY($1::uuid[])', [ids]);
  return row?.n ?? 0;
}

/** The product's own transactions of a send, waiting for a lock. */
const waiting = async ({ query }: Ground) =>
  (await query(`SELECT FROM pg_stat_activity WHERE application_name = 'nextline' AND wait_event_type = 'Lock'`)).length > 0;

async function statementTimeout(ground: Ground, relation: Relation): Promise<{ tap: Tap; outcome: string; trouble: string | null }> {
  const locker = new pg.Client({ connectionString: ground.postgres.url });
  await locker.connect();
  // The role's own limit is 15 s; a second does for this.
  await locker.query(`SELECT set_config('chaos.role', $1, false)`, [roleOfCorp(ground.corpId)]);
  await locker.query(`DO $$ BEGIN EXECUTE format('ALTER ROLE %I SET statement_timeout = ''1s''', current_setting('chaos.role')); END $$`);
  await locker.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_setting('chaos.role')`);
  await pause(300);
  await locker.query('BEGIN');
  await locker.query('LOCK TABLE touch_summaries IN ACCESS EXCLUSIVE MODE');
  const tap = newTap(relation);
  const outcome = outcomeOf(await startSend(ground, tap));
  await locker.query('ROLLBACK');
  const trouble = await troubleNow(ground);
  await locker.query(`DO $$ BEGIN EXECUTE format('ALTER ROLE %I SET statement_timeout = ''15s''', current_setting('chaos.role')); END $$`);
  await locker.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_setting('chaos.role')`);
  await locker.end();
  await pause(300);
  return { tap, outcome, trouble };
}

/** Two transactions in each other's way: the product's holds her row and wants the table, ours the other way round. */
async function deadlock(ground: Ground, relation: Relation): Promise<{ tap: Tap; outcome: string; trouble: string | null }> {
  const other = new pg.Client({ connectionString: ground.postgres.url });
  await other.connect();
  // Whoever has waited for a second looks for a circle and ends itself: that must not be us.
  await other.query(`SET deadlock_timeout = '60s'`);
  await other.query('BEGIN');
  await other.query('LOCK TABLE sends IN SHARE ROW EXCLUSIVE MODE');
  const tap = newTap(relation);
  const started = startSend(ground, tap);
  await until(() => waiting(ground), 5_000, 'the send does not come to the table', 5);
  await other.query('SELECT FROM touch_summaries WHERE external_user_id = $1 FOR UPDATE', [relation.externalUserId]);
  const outcome = outcomeOf(await started);
  await other.query('ROLLBACK');
  await other.end();
  return { tap, outcome, trouble: await troubleNow(ground) };
}

/** T7: Postgres is there and cannot do what it is asked. */
export const fullDisk: Row = {
  id: 'T7',
  what: 'disk full, statement timeout, deadlock: 503 with Retry-After, rolled back, and health says which',
  long: { seconds: 20 },
  short: { seconds: 1 },
  async run(ground, { seed, seconds }) {
    const chance = chanceFrom(seed);
    const { relations, callbacks, product } = ground;
    const broken: string[] = [];
    // A first send makes her row, so that what follows meets no wall before the one that was built.
    const [relation = chance.pick(relations)] = relations;
    await startSend(ground, newTap(relation));

    const disk = await fillTablespace(ground).catch(() => refuseRows(ground));
    const taps: Tap[] = [];
    const outcomes = new Map<string, number>();
    const count = (what: string) => outcomes.set(what, (outcomes.get(what) ?? 0) + 1);
    let refusedCallbacks = 0;
    const refusedHashes: string[] = [];
    // The last pages of the tables still take as many rows as they have room for: on until both refuse.
    const bothRefuse = () => taps.length > 0 && refusedCallbacks > 0;
    for (let n = 0; n < seconds * 20 || (!bothRefuse() && n < 500); n += 1) {
      const tap = newTap(chance.pick(relations));
      const outcome = outcomeOf(await startSend(ground, tap));
      count(outcome);
      if (outcome !== 'ok') taps.push(tap);
      const callback = callbacks.groupChanged(`wrDisk${n}${'x'.repeat(60)}`, 1_500_000_000 + n);
      const { status } = await postOnce(product.url, callback);
      if (status === 503) {
        refusedCallbacks += 1;
        refusedHashes.push(callback.hash);
      } else if (status !== 200) broken.push(`disk full: a callback was answered ${status}`);
    }
    const trouble = await troubleNow(ground);
    const kept = await ground.query('SELECT FROM callback_inbox WHERE payload_hash = ANY($1)', [refusedHashes]);
    broken.push(
      ...limit(!outcomes.has('failed'), `disk full: ${outcomes.get('failed')} sends got neither 200 nor 503 with Retry-After`),
      ...limit(bothRefuse(), `disk full: it was not full (${taps.length} sends, ${refusedCallbacks} callbacks refused)`),
      ...limit(trouble === 'disk_full', `disk full: health says ${trouble}`),
      ...limit((await leftBehind(ground, taps)) === 0, 'disk full: a refused send left something behind'),
      ...limit(kept.length === 0, 'disk full: a refused callback was kept'),
    );
    await disk.free();

    const cases = { statement_timeout: await statementTimeout(ground, relation), deadlock: await deadlock(ground, relation) };
    for (const [kind, { tap, outcome, trouble }] of Object.entries(cases)) {
      broken.push(
        ...limit(outcome === 'refused', `${kind}: the send was ${outcome}`),
        ...limit(trouble === kind, `${kind}: health says ${trouble}`),
        ...limit((await leftBehind(ground, [tap])) === 0, `${kind}: the refused send left something behind`),
      );
      taps.push(tap);
    }
    // The same taps again, now that all is well: each goes once.
    for (const tap of taps) {
      const done = outcomeOf(await startSend(ground, tap)) === 'ok' && outcomeOf(await reportSent(ground, tap)) === 'ok';
      if (!done) broken.push(`a tap that was refused cannot be repeated: ${tap.sendId}`);
    }
    return { figures: { disk: disk.way, refusedSends: taps.length - 2, refusedCallbacks, repeated: taps.length }, broken };
  },
};
