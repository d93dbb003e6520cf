import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, urlOfCorp } from '../database.ts';
import { ensureCorpRole } from '../prepare-database.ts';
import { createTestDatabase, type TestDatabase, testCorpId, testSessionKey } from '../test-database.ts';
import { auditHeads, auditLog } from './audit.table.ts';
import { type AuditEntry, writeAudit } from './write-audit.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const entry: AuditEntry = {
  corpId: testCorpId,
  who: { staffUserId: 'shen' },
  action: 'script.publish',
  subject: { kind: 'script', id: 's1' },
  detail: { version: 3 },
  at: new Date('2026-06-09T06:32:00Z'),
};
const refused = expect.objectContaining({ cause: expect.objectContaining({ code: '42501' }) });

test('an entry is there with the change it belongs to, and gone with it', async () => {
  const undone = database.db.transaction(async (tx) => {
    await writeAudit(tx, entry);
    throw new Error('the change failed');
  });
  await expect(undone).rejects.toThrow('the change failed');
  expect(await database.db.$count(auditLog)).toBe(0);
  await database.db.transaction((tx) => writeAudit(tx, entry, { ...entry, subject: { kind: 'script', id: 's2' } }));
  expect(await database.db.select().from(auditLog)).toMatchObject([
    { staffUserId: 'shen', action: 'script.publish', subjectKind: 'script', subjectId: 's1', detail: { version: 3 }, seq: null },
    { subjectId: 's2' },
  ]);
});

test.each([
  ['deleted', sql`DELETE FROM audit_log`],
  ['emptied', sql`TRUNCATE audit_log`],
  ['altered', sql`UPDATE audit_log SET staff_user_id = 'qian'`],
  ['deleted in the table of its month', sql`DELETE FROM audit_log_other`],
  ['read there past the policies', sql`SELECT FROM audit_log_other`],
  ['given another corp', sql`UPDATE audit_log SET corp_id = 'wwother'`],
  ['written as sealed', sql`INSERT INTO audit_log VALUES (${testCorpId}, now(), gen_random_uuid(), 'x', 'a.b', 'k', 'i', '{}', 9, '', '')`],
])('by the application an entry cannot be %s', async (_what, statement) => {
  await expect(database.db.execute(statement)).rejects.toThrow(refused);
});

test('a month that the housekeeping opens later is closed to the application as well', async () => {
  const owner = openDatabase({ url: database.ownerUrl, max: 1, onError: () => undefined });
  await owner.db.execute(sql`SELECT nextline_ensure_month('audit_log', '2031-05-01')`);
  await owner.close();
  await expect(database.db.execute(sql`DELETE FROM audit_log_2031_05`)).rejects.toThrow(refused);
});

test('what is sealed is sealed: neither the seal of an entry nor the end of the chain can be taken away', async () => {
  await database.db.execute(sql`UPDATE audit_log SET seq = 1, previous_hash = '', hash = 'h' WHERE subject_id = 's1'`);
  const again = await database.db.execute(sql`UPDATE audit_log SET seq = 2, previous_hash = '', hash = 'forged' WHERE subject_id = 's1'`);
  expect(again.rowCount).toBe(0);
  await expect(database.db.delete(auditHeads)).rejects.toThrow(refused);
});

test('another corp sees none of it', async () => {
  await ensureCorpRole(database.ownerUrl, 'wwother', testSessionKey);
  const other = openDatabase({ url: urlOfCorp(database.ownerUrl, 'wwother', testSessionKey), onError: () => undefined });
  expect(await other.db.select().from(auditLog)).toEqual([]);
  await expect(writeAudit(other.db, entry)).rejects.toThrow(refused);
  await other.close();
});
