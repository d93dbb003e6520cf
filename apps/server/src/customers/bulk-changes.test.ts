import type { BulkState } from '@nextline/contract';
import { and, eq, like, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stageMoves, stages } from '../stages/stages.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock } from '../test-shop.ts';
import { wecomOutbox } from '../wecom-sync/wecom-sync.table.ts';
import { customers, follows } from './customers.table.ts';
import { asking, openConsole, wholeFilter } from './test-console.ts';
import { workBulk } from './work-bulk.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openConsole(app);
});
afterAll(() => app.close());

const ask: ReturnType<typeof asking> = (...args) => asking(app)(...args);
const everybody = { kind: 'filter', filter: wholeFilter({}) };
const workedOff = async () => {
  while ((await workBulk(app.deps)) > 0);
};
async function begin(change: object, selection: object = everybody, who = 'shen'): Promise<string> {
  const bulkId = uuidv7();
  const answer = await ask(who, 'POST', '/customer-changes', { bulkId, selection, change });
  expect(answer.json()).toMatchObject({ state: 'running' });
  return bulkId;
}
const state = async (bulkId: string): Promise<BulkState> => (await ask('shen', 'GET', `/customer-changes/${bulkId}`)).json();
async function undo(bulkId: string): Promise<BulkState> {
  expect((await ask('shen', 'POST', `/customer-changes/${bulkId}/undo`)).statusCode).toBe(200);
  await workedOff();
  return state(bulkId);
}
const tagsOf = async (externalUserId: string) => {
  const rows = await app.deps.db.select().from(follows).where(eq(follows.externalUserId, externalUserId)).orderBy(follows.staffUserId);
  return Object.fromEntries(rows.map((row) => [row.staffUserId, row.tagIds]));
};
const stageOf = async (externalUserId: string) => {
  const [row] = await app.deps.db.select().from(customers).where(eq(customers.externalUserId, externalUserId));
  return { stageId: row?.stageId, at: row?.stageEnteredAt?.toISOString() };
};

test('the preview counts who is meant and for whom it is not so already, and begins nothing', async () => {
  const answer = await ask('shen', 'POST', '/customer-changes/preview', {
    selection: everybody,
    change: { kind: 'tags', add: ['vip'], remove: [] },
  });
  expect(answer.json()).toMatchObject({ selected: 3, changing: 3, tooMany: false, wecomMinutes: 1 });
  const stage = await ask('shen', 'POST', '/customer-changes/preview', {
    selection: everybody,
    change: { kind: 'stage', stageId: 'warm' },
  });
  expect(stage.json()).toMatchObject({ selected: 3, changing: 2, wecomMinutes: 0 });
  expect(await app.deps.db.$count(wecomOutbox)).toBe(0);
});

const previewAdding = async (add: string[]) =>
  (
    await ask('shen', 'POST', '/customer-changes/preview', {
      selection: { kind: 'ids', externalUserIds: ['wmLin'] },
      change: { kind: 'tags', add, remove: [] },
    })
  ).json();

const wear = (tagIds: string[]) => app.deps.db.update(follows).set({ tagIds }).where(eq(follows.externalUserId, 'wmLin'));

test('the preview knows that there can be one tag of a group: who wears the chosen one beside another changes too', async () => {
  const before = (await tagsOf('wmLin'))['zhou'] ?? [];
  await wear(['dry', 'oily']);
  expect(await previewAdding(['oily'])).toMatchObject({ selected: 1, changing: 1 });
  // Of two chosen at once the last one stays, and she wears it.
  await wear(['oily']);
  expect(await previewAdding(['dry', 'oily'])).toMatchObject({ selected: 1, changing: 0 });
  await wear(before);
});

test('tags go to every living relation and are owed to WeCom; undo takes back only what is still as we left it', async () => {
  const bulkId = await begin({ kind: 'tags', add: ['vip', 'oily'], remove: ['618'] });
  await workedOff();
  expect(await state(bulkId)).toMatchObject({ state: 'done', total: 3, changed: 3, same: 0, waitingForWecom: 4 });
  expect(await tagsOf('wmWang')).toEqual({ qian: ['vip', 'oily'], zhou: ['vip', 'oily'] });
  // 周以宁 thinks again about her 林小姐.
  await app.deps.db
    .update(follows)
    .set({ tagIds: ['dry'] })
    .where(eq(follows.externalUserId, 'wmLin'));
  expect(await undo(bulkId)).toMatchObject({ state: 'undone', undone: 2, kept: 1, undoUntil: null });
  expect(await tagsOf('wmWang')).toEqual({ qian: ['dry'], zhou: ['vip'] });
  expect(await tagsOf('wmLin')).toEqual({ zhou: ['dry'] });
});

test('what WeCom refused of others in the time of a change is not counted as refused of the change', async () => {
  const { db, clock } = app.deps;
  const bulkId = await begin({ kind: 'tags', add: ['618'], remove: [] }, { kind: 'ids', externalUserIds: ['wmLin', 'wmWang'] });
  await workBulk(app.deps);
  const [own] = await db
    .select()
    .from(wecomOutbox)
    .where(and(eq(wecomOutbox.externalUserId, 'wmLin'), sql`payload -> 'add' = '["618"]'`));
  if (!own) throw new Error('the change owes WeCom nothing');
  // Her guide tags her meanwhile, and WeCom refuses that.
  const theirs = {
    ...own,
    writeId: uuidv7(),
    payload: { ...own.payload, add: ['vip'] },
    createdAt: clock.now(),
    status: 'refused' as const,
  };
  await db.insert(wecomOutbox).values(theirs);
  await workedOff();
  expect(await state(bulkId)).toMatchObject({ changed: 2, waitingForWecom: 3, refusedByWecom: 0 });
  await db.update(wecomOutbox).set({ status: 'refused' }).where(eq(wecomOutbox.writeId, own.writeId));
  expect(await state(bulkId)).toMatchObject({ waitingForWecom: 2, refusedByWecom: 1 });
  expect(await undo(bulkId)).toMatchObject({ undone: 2, waitingForWecom: 5, refusedByWecom: 1 });
});

test('stages move with who and why; undo brings back stage and date, unless somebody has moved her since', async () => {
  const before = await stageOf('wmLin');
  const bulkId = await begin({ kind: 'stage', stageId: 'won' });
  await workedOff();
  expect((await stageOf('wmLin')).stageId).toBe('won');
  const moves = await app.deps.db.select().from(stageMoves).where(eq(stageMoves.externalUserId, 'wmLin'));
  expect(moves).toMatchObject([{ fromStageId: 'warm', toStageId: 'won', staffUserId: 'shen', why: `bulk:${bulkId}` }]);
  app.clock.advance(1000);
  await ask('shen', 'PUT', '/customers/wmChen/stage', { stageId: 'lead' });
  expect(await undo(bulkId)).toMatchObject({ undone: 2, kept: 1 });
  expect(await stageOf('wmLin')).toEqual(before);
  expect((await stageOf('wmChen')).stageId).toBe('lead');
});

test('asking twice with one id begins one change; another worker at the same moment does nothing twice', async () => {
  const bulkId = uuidv7();
  const body = { bulkId, selection: everybody, change: { kind: 'stage', stageId: 'lead' } };
  const answers = await Promise.all([ask('shen', 'POST', '/customer-changes', body), ask('shen', 'POST', '/customer-changes', body)]);
  expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200]);
  // Not another change under the same id: whoever asks for it must not believe that it is made.
  const other = await ask('shen', 'POST', '/customer-changes', { ...body, change: { kind: 'stage', stageId: 'won' } });
  expect([other.statusCode, other.json().error.code]).toEqual([409, 'bulk.other_change']);
  await Promise.all([workedOff(), workedOff(), workedOff()]);
  await workedOff();
  const moves = await app.deps.db
    .select()
    .from(stageMoves)
    .where(eq(stageMoves.why, `bulk:${bulkId}`));
  expect(moves.length).toBe(2);
  expect(await state(bulkId)).toMatchObject({ total: 3, changed: 2, same: 1 });
});

test('who is meant is fixed when it begins: a filter that the change empties loses nobody, over many turns', async () => {
  const { db, config } = app.deps;
  await db.execute(sql`INSERT INTO customers (corp_id, external_user_id, name, type, stage_id, synced_at)
    SELECT ${config.wecom.corpId}, 'wmMany' || n, '很多人', 'wechat', 'warm', now() FROM generate_series(1, 900) n`);
  await db.execute(sql`INSERT INTO follows (corp_id, external_user_id, staff_user_id, followed_at, synced_at)
    SELECT ${config.wecom.corpId}, 'wmMany' || n, 'zhou', now(), now() FROM generate_series(1, 900) n`);
  for (let n = 0; n < 5; n += 1) await ask('shen', 'GET', '/customers');
  const bulkId = await begin({ kind: 'stage', stageId: 'won' }, { kind: 'filter', filter: wholeFilter({ stageIds: ['warm'], q: '很多' }) });
  await workBulk(app.deps);
  expect(await state(bulkId)).toMatchObject({ state: 'running', total: 900, done: 200 });
  // Undone half way: the rest is not begun, what was done is taken back.
  expect(await undo(bulkId)).toMatchObject({ state: 'undone', undone: 200 });
  expect(await db.$count(customers, eq(customers.stageId, 'won'))).toBe(0);
});

test('a manager changes the own store only, and knows of no change of others', async () => {
  const selection = { kind: 'ids', externalUserIds: ['wmChen', 'wmWang', 'wmMadeUp'] };
  const bulkId = await begin({ kind: 'tags', add: ['618'], remove: [] }, selection, 'lu');
  await workedOff();
  expect(await tagsOf('wmWang')).toEqual({ qian: ['dry'], zhou: ['vip', '618'] });
  expect((await tagsOf('wmChen'))['qian']).not.toContain('618');
  expect((await ask('jia', 'GET', `/customer-changes/${bulkId}`)).statusCode).toBe(404);
  expect((await ask('jia', 'POST', `/customer-changes/${bulkId}/undo`)).statusCode).toBe(404);
  expect((await ask('jia', 'GET', '/customer-changes')).json().changes).toEqual([]);
  expect(
    (await ask('auditor', 'POST', '/customer-changes', { bulkId: uuidv7(), selection, change: { kind: 'stage', stageId: 'won' } }))
      .statusCode,
  ).toBe(403);
});

test('after seven days a change is not taken back as a whole; unknown tags and stages change nobody', async () => {
  const bulkId = await begin({ kind: 'stage', stageId: null }, { kind: 'ids', externalUserIds: ['wmLin'] });
  await workedOff();
  app.clock.advance(7 * 86_400_000);
  expect((await ask('shen', 'POST', `/customer-changes/${bulkId}/undo`)).json().error.code).toBe('bulk.too_late');
  const refused = async (change: object) =>
    (await ask('shen', 'POST', '/customer-changes', { bulkId: uuidv7(), selection: everybody, change })).json().error.code;
  expect(await refused({ kind: 'stage', stageId: 'nowhere' })).toBe('stage.not_found');
  expect(await refused({ kind: 'tags', add: ['none'], remove: [] })).toBe('tag.not_found');
  expect(await refused({ kind: 'tags', add: [], remove: [] })).toBe('request.invalid');
});

test('a stage that goes out of use is filled again by nobody: not by an undo, not by a change that is still under way', async () => {
  const { db } = app.deps;
  await db.update(customers).set({ stageId: 'warm' }).where(like(customers.externalUserId, 'wmMany%'));
  const many = { kind: 'filter', filter: wholeFilter({ q: '很多' }) };
  const toWon = await begin({ kind: 'stage', stageId: 'won' }, many);
  await workBulk(app.deps);
  // Half way: those who are there already and those who are on their way go where the others go.
  expect((await ask('shen', 'POST', '/stages/won/retire', { moveTo: 'lead' })).statusCode).toBe(200);
  await workedOff();
  const inStage = (stageId: string) => db.$count(customers, and(eq(customers.stageId, stageId), like(customers.externalUserId, 'wmMany%')));
  expect([await inStage('won'), await inStage('lead')]).toEqual([0, 900]);
  expect((await ask('shen', 'POST', '/stages/warm/retire', { moveTo: null })).statusCode).toBe(200);
  await workedOff();
  expect(await undo(toWon)).toMatchObject({ state: 'undone', undone: 0, kept: 900 });
  expect([await inStage('warm'), await inStage('lead')]).toEqual([0, 900]);
});

test('a stage that another process took out of use a moment ago is filled by no change that begins now', async () => {
  const { db, clock } = app.deps;
  const body = { selection: everybody, change: { kind: 'stage', stageId: 'lead' } };
  const preview = await ask('shen', 'POST', '/customer-changes/preview', body);
  expect(preview.statusCode).toBe(200);
  const put = (retiredAt: Date | null) => db.update(stages).set({ retiredAt }).where(eq(stages.stageId, 'lead'));
  await put(clock.now());
  const bulkId = uuidv7();
  expect((await ask('shen', 'POST', '/customer-changes', { bulkId, ...body })).json().error.code).toBe('stage.not_found');
  expect((await ask('shen', 'GET', `/customer-changes/${bulkId}`)).statusCode).toBe(404);
  await put(null);
});

test('a worker that has nothing to do writes nothing, second after second', async () => {
  await workedOff();
  const lockedBy = async () => (await app.deps.db.execute(sql`SELECT stage_id, xmax::text FROM stages ORDER BY 1`)).rows;
  const before = await lockedBy();
  expect(await workBulk(app.deps)).toBe(0);
  expect(await lockedBy()).toEqual(before);
});
