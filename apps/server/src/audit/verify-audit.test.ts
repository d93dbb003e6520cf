import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type OpenDatabase } from '../database.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { auditLog } from './audit.table.ts';
import { readHead } from './audit.store.ts';
import { continueAudit, sealAudit } from './seal-audit.ts';
import { verifyAudit } from './verify-audit.ts';
import { writeAudit } from './write-audit.ts';

let world: TestApp;
/** A superuser of the database: nothing in it stops them, so what they do must show. */
let owner: OpenDatabase;
beforeEach(async () => {
  world = await startTestApp();
  owner = openDatabase({ url: world.database.ownerUrl, max: 1, onError: () => undefined });
  await note(10);
  await sealAudit(world.deps);
});
afterEach(async () => {
  await owner.close();
  await world.close();
});

async function note(count: number): Promise<void> {
  const { corpId } = world.deps.config.wecom;
  for (let n = 1; n <= count; n += 1)
    await writeAudit(world.deps.db, {
      corpId,
      who: { staffUserId: 'shen' },
      action: 'customer.view',
      subject: { kind: 'customer', id: `wm${n}` },
      detail: { n, 名字: '林小姐 👩‍👧', nested: { b: 2, a: [1.5, null] } },
      at: world.clock.now(),
    });
}
const faults = async (options = {}) => (await verifyAudit(world.deps, options)).faults;
const anchor = async () => (await readHead(world.deps.db)) ?? expect.fail('sealed entries have a head');

test('an untouched log is whole, over several rounds of sealing and however many seal at once', async () => {
  await note(3);
  const counts = await Promise.all([1, 2, 3, 4].map(() => sealAudit(world.deps)));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
  expect(await verifyAudit(world.deps)).toMatchObject({ checked: 13, end: { seq: 13 }, faults: [] });
  expect(await verifyAudit(world.deps, { newest: 5 })).toMatchObject({ checked: 5, faults: [] });
});

test('T23: an entry that somebody deletes in the database is missed', async () => {
  await owner.db.execute(sql`DELETE FROM audit_log WHERE seq = 4`);
  expect(await faults()).toEqual([{ kind: 'missing', fromSeq: 4, toSeq: 4 }]);
  expect(await faults({ newest: 7 })).toEqual([{ kind: 'missing', fromSeq: 4, toSeq: 4 }]);
});

test('T23: an entry that somebody alters in the database is named', async () => {
  await owner.db.execute(sql`UPDATE audit_log SET staff_user_id = 'qian' WHERE seq = 4`);
  expect(await faults()).toMatchObject([{ kind: 'altered', seq: 4 }]);
});

test('T23: the newest entries are missed as well, and stay a gap when sealing goes on', async () => {
  await owner.db.execute(sql`DELETE FROM audit_log WHERE seq >= 9`);
  expect(await faults()).toEqual([{ kind: 'cut', endsAt: 8, expected: 10 }]);
  await note(1);
  await sealAudit(world.deps);
  expect(await faults()).toEqual([{ kind: 'missing', fromSeq: 9, toSeq: 10 }]);
});

test('T23: taking the newest entries away and moving the head back by hand is a forgery, and nothing is sealed behind it', async () => {
  const sealed = await anchor();
  await owner.db.execute(sql`DELETE FROM audit_log WHERE seq >= 9`);
  await owner.db.execute(sql`UPDATE audit_heads SET seq = 8, hash = (SELECT hash FROM audit_log WHERE seq = 8)`);
  expect(await faults()).toEqual([{ kind: 'forged', seq: 8 }]);
  await note(1);
  await expect(sealAudit(world.deps)).rejects.toThrow('forged');
  world.clock.advance(61_000);
  expect((await faults()).map((fault) => fault.kind)).toEqual(['forged', 'waiting']);
  await continueAudit(world.deps, sealed);
  expect(await sealAudit(world.deps)).toBe(2);
  expect(await faults()).toEqual([{ kind: 'missing', fromSeq: 9, toSeq: 10 }]);
});

test('T23: an older head that was once genuine is only told by an anchor from outside the database', async () => {
  const before = await anchor();
  await note(2);
  await sealAudit(world.deps);
  const { seq, hash } = await anchor();
  await owner.db.execute(sql`DELETE FROM audit_log WHERE seq > ${before.seq}`);
  await owner.db.execute(sql`UPDATE audit_heads SET seq = ${before.seq}, hash = ${before.hash}, mac = ${before.mac}`);
  expect(await faults()).toEqual([]);
  expect(await faults({ anchor: { seq, hash } })).toEqual([{ kind: 'cut', endsAt: 10, expected: 12 }]);
});

test('T23: a log that was emptied, or whose head was taken away, is told', async () => {
  await owner.db.execute(sql`DELETE FROM audit_log`);
  expect(await faults()).toEqual([{ kind: 'cut', endsAt: 0, expected: 10 }]);
});

test('a head that was taken away stops the sealing and is told', async () => {
  await owner.db.execute(sql`DELETE FROM audit_heads`);
  expect(await faults()).toEqual([{ kind: 'forged', seq: 10 }]);
  await note(1);
  await expect(sealAudit(world.deps)).rejects.toThrow('gone or forged');
});

test('an entry that commits after later ones is chained when it comes', async () => {
  const { promise: held, resolve: commit } = Promise.withResolvers<void>();
  const { corpId } = world.deps.config.wecom;
  const late = world.deps.db.transaction(async (tx) => {
    await writeAudit(tx, {
      corpId,
      who: { staffUserId: 'zhou' },
      action: 'send.start',
      subject: { kind: 'send', id: 'late' },
      at: world.clock.now(),
    });
    await held;
  });
  await note(2);
  // The sealing does not wait for a transaction that is open.
  expect(await sealAudit(world.deps)).toBe(2);
  commit();
  await late;
  expect(await sealAudit(world.deps)).toBe(1);
  const rows = await world.deps.db.select({ seq: auditLog.seq, id: auditLog.subjectId }).from(auditLog);
  expect(rows.find((row) => row.id === 'late')?.seq).toBe(13);
  expect(await faults()).toEqual([]);
});

test('with another session key sealing goes on, and that it changed is itself an entry', async () => {
  const rekeyed = { ...world.deps, config: { ...world.deps.config, sessionKey: 'another session key, 32 characters and more' } };
  expect((await verifyAudit(rekeyed)).faults).toEqual([{ kind: 'other_key' }]);
  await note(1);
  expect(await sealAudit(rekeyed)).toBe(2);
  expect((await verifyAudit(rekeyed)).faults).toEqual([]);
  expect(await world.deps.db.$count(auditLog, sql`action = 'audit.key_changed'`)).toBe(1);
});
