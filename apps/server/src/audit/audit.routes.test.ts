import type { AuditPage } from '@nextline/contract';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../database.ts';
import { staff } from '../identity/identity.table.ts';
import { createTestClock, startTestApp, type TestApp } from '../test-app.ts';
import { openShop } from '../test-shop.ts';
import { sealAudit } from './seal-audit.ts';
import { writeAudit } from './write-audit.ts';

const now = new Date('2026-06-09T06:32:00Z');
let world: TestApp;
beforeAll(async () => {
  world = await startTestApp({ clock: createTestClock(now) });
  await openShop(world.deps);
  const { corpId } = world.deps.config.wecom;
  await world.deps.db.insert(staff).values([
    { corpId, staffUserId: 'shen', name: '沈乔', role: 'admin', syncedAt: now },
    { corpId, staffUserId: 'audit', name: '=1+1', role: 'auditor', syncedAt: now },
    { corpId, staffUserId: 'op', name: '陆一鸣', role: 'operator', syncedAt: now },
  ]);
  for (let n = 0; n < 25; n += 1)
    await writeAudit(world.deps.db, {
      corpId,
      who: { staffUserId: n % 2 === 0 ? 'shen' : 'audit' },
      action: n % 5 === 0 ? 'script.publish' : 'customer.view',
      subject: n % 5 === 0 ? { kind: 'script', id: `s${n}` } : { kind: 'customer', id: 'wmLin' },
      detail: n % 5 === 0 ? { title: '@SUM(A1)', n } : { where: 'console' },
      // Every three rows share an instant.
      at: new Date(Date.UTC(2026, 5, 8, 15, 55 + Math.floor(n / 3))),
    });
});
afterAll(() => world.close());

const ask = (path: string, who = 'shen') => world.app.inject({ url: `/api/admin/${path}`, headers: world.cookieOf(who) });
const page = async (query: string) => (await ask(`audit?${query}`)).json<AuditPage>();

test('page by page every entry comes once, newest first, also where several share an instant', async () => {
  const seen: string[] = [];
  let cursor = '';
  for (let pages = 0; pages < 10; pages += 1) {
    const { entries, nextCursor } = await page(`limit=4${cursor}`);
    seen.push(...entries.map((entry) => `${entry.at} ${entry.entryId}`));
    if (nextCursor === null) break;
    cursor = `&cursor=${nextCursor}`;
  }
  expect(seen).toHaveLength(25);
  expect(seen).toEqual([...new Set(seen)].toSorted().toReversed());
});

test('filters hold together: who, what, about whom, and days as the corp counts them', async () => {
  expect((await page('who=audit&limit=200')).entries).toHaveLength(12);
  expect((await page('what=script')).entries).toHaveLength(5);
  expect((await page('what=customer.view&who=shen&subject=wmLin')).entries).toHaveLength(10);
  expect((await page('what=customer.delete')).entries).toEqual([]);
  // Midnight in Shanghai is 16:00 UTC: five minutes of three entries each lie before it.
  expect((await page('until=2026-06-08&limit=200')).entries).toHaveLength(15);
  expect((await page('from=2026-06-09&until=2026-06-09')).entries).toHaveLength(10);
  expect((await page('from=2026-06-08&until=2026-06-09&limit=200')).entries).toHaveLength(25);
});

test('people and customers are called by their names, a script as the entry calls it', async () => {
  const [entry] = (await page('what=script&limit=1')).entries;
  expect(entry).toMatchObject({ who: { staffUserId: 'shen', name: '沈乔' }, subject: { kind: 'script', name: '@SUM(A1)' } });
  expect((await page('subject=wmLin&limit=1')).entries[0]?.subject.name).toBe('Linda');
});

test('what is no filter and no place is refused in words, not with a failure', async () => {
  for (const query of [
    'cursor=x',
    'cursor=99999999999999999.0',
    'what=%25',
    'from=2026-02-30',
    'from=0000-01-01',
    'until=9999-12-31',
    'limit=0',
    'limit=1000',
    'who=',
  ])
    expect([query, (await ask(`audit?${query}`)).statusCode]).toEqual([query, 400]);
});

test('the export is a CSV that no spreadsheet calculates with, and is itself an entry', async () => {
  const answer = await ask('audit-export?what=script', 'audit');
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="audit-2026-06-09.csv"',
  });
  const lines = answer.body.split('\r\n');
  expect(lines[0]).toBe('\uFEFF时间,成员,成员账号,操作,对象,对象编号,对象名称,细节,条目编号');
  expect(lines).toHaveLength(7);
  expect(lines[1]).toContain(`2026-06-08T16:01:00.000Z,沈乔,shen,script.publish,script,s20,'@SUM(A1),`);
  expect(answer.body).toContain(",'=1+1,audit,script.publish,");
  expect((await page('what=audit.export')).entries).toMatchObject([{ who: { staffUserId: 'audit' }, detail: { what: 'script' } }]);
  const english = await world.app.inject({
    url: '/api/admin/audit-export?what=script',
    headers: { ...world.cookieOf('audit'), 'x-language': 'en' },
  });
  expect(english.body.split('\r\n')[0]).toBe('\uFEFFTime,Member,Account,Action,Subject,Subject id,Subject name,Details,Entry id');
});

test('only admins and auditors read it; others are told that they may not', async () => {
  for (const path of ['audit', 'audit-export', 'audit-check']) {
    expect([path, (await ask(path, 'op')).statusCode, (await ask(path, 'zhou')).statusCode, (await ask(path, 'audit')).statusCode]).toEqual(
      [path, 403, 403, 200],
    );
  }
});

test('the console can ask whether the log is whole', async () => {
  await sealAudit(world.deps);
  const { checked, endsAt, faults } = (await ask('audit-check')).json<{ checked: number; endsAt: number; faults: string[] }>();
  expect(faults).toEqual([]);
  expect(checked).toBe(endsAt);
  expect(checked).toBeGreaterThan(25);
});

test('what is wrong with the log is said in the language of the page', async () => {
  // Only the owner of the tables can take an entry away, and only the check finds it.
  const owner = openDatabase({ url: world.database.ownerUrl, max: 1, onError: () => undefined });
  await owner.db.execute(sql`DELETE FROM audit_log WHERE seq = 7`);
  await owner.close();
  const said = async (language: string) => {
    const answer = await world.app.inject({
      url: '/api/admin/audit-check',
      headers: { ...world.cookieOf('audit'), 'x-language': language },
    });
    return answer.json<{ faults: string[] }>().faults;
  };
  expect(await said('zh-CN')).toEqual(['第 7 条不见了。']);
  expect(await said('en')).toEqual(['Entry 7 is gone.']);
});
