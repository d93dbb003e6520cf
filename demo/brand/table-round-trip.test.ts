import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import { scriptImport, type ScriptImport } from '@nextline/contract';
import { scriptDrafts, scriptRuleSets } from '../../apps/server/src/scripts/script-editing.table.ts';
import { multipart } from '../../apps/server/src/scripts/test-console.ts';
import { scriptFolders, scripts, scriptVersions } from '../../apps/server/src/scripts/scripts.table.ts';
import { workImports } from '../../apps/server/src/scripts/work-imports.ts';
import { staff } from '../../apps/server/src/identity/identity.table.ts';
import { createTestClock, startTestApp, type TestApp } from '../../apps/server/src/test-app.ts';
import { fullSync } from '../../apps/server/src/wecom-sync/full-sync.ts';
import { atHour } from './history/days.ts';
import { importBrand } from './import-brand.ts';
import type { World } from './world.ts';

const now = atHour(new Date(), 12, 0);
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ wecom: 'simulator', clock: createTestClock(now) });
  await fullSync(app.deps, new AbortController().signal);
  const { corpId } = app.deps.config.wecom;
  await app.deps.db.insert(staff).values({ corpId, staffUserId: 'tester', name: '试', role: 'admin', syncedAt: now });
  await app.deps.db.insert(scriptRuleSets).values({ corpId, fourEyes: false, forbiddenWords: [], changedAt: now, changedBy: 'tester' });
  const world = (await (await fetch(`${app.simulator?.url}/_sim/world`)).json()) as World;
  await importBrand({ databaseUrl: app.database.ownerUrl, sessionKey: app.deps.config.sessionKey, world, now });
}, 240_000);
afterAll(() => app.close());

async function exported(format: 'xlsx' | 'csv'): Promise<Buffer> {
  const answer = await app.app.inject({ url: `/api/admin/scripts-export?format=${format}`, headers: app.cookieOf('tester') });
  expect(answer.statusCode).toBe(200);
  return answer.rawPayload;
}

async function imported(fileName: string, bytes: Buffer): Promise<ScriptImport> {
  const importId = randomUUID();
  const { payload, headers } = multipart(fileName, bytes, { importId, mode: 'update' });
  await app.app.inject({ method: 'POST', url: '/api/admin/script-imports', headers: { ...app.cookieOf('tester'), ...headers }, payload });
  await workImports(app.deps, new AbortController().signal);
  await app.app.inject({ method: 'POST', url: `/api/admin/script-imports/${importId}/apply`, headers: app.cookieOf('tester') });
  await workImports(app.deps, new AbortController().signal);
  return scriptImport.parse(
    (await app.app.inject({ url: `/api/admin/script-imports/${importId}`, headers: app.cookieOf('tester') })).json(),
  );
}

const none = { new: 0, changed: 0, same: 0, refused: 0 };

test('what the brand exports and imports again changes nothing, in both formats', async () => {
  const { db } = app.deps;
  const before = await db.select().from(scripts).orderBy(scripts.scriptId);
  for (const format of ['xlsx', 'csv'] as const) {
    const file = await exported(format);
    expect(await imported(`a.${format}`, file)).toMatchObject({ state: 'done', counts: { ...none, same: before.length } });
    expect((await exported('csv')).equals(format === 'csv' ? file : await exported('csv'))).toBe(true);
  }
  expect(await db.select().from(scripts).orderBy(scripts.scriptId)).toEqual(before);
});

test('into an empty library it makes the same library: its own export is the same file, and a second import changes nothing', async () => {
  const { db } = app.deps;
  const file = await exported('csv');
  const rows = (await db.select().from(scripts)).length;
  for (const table of [scripts, scriptVersions, scriptDrafts, scriptFolders]) await db.delete(table);
  expect(await imported('a.csv', file)).toMatchObject({ state: 'done', counts: { ...none, new: rows } });
  expect((await exported('csv')).toString()).toBe(file.toString());
  expect(await imported('b.xlsx', await exported('xlsx'))).toMatchObject({ counts: { ...none, same: rows } });
});
