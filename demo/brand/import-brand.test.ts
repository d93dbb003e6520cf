import { type Panel, panel as panelSchema, part as partSchema } from '@nextline/contract';
import { asc } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { spokenDay } from '../../apps/server/src/corp-time.ts';
import { customers, follows, orders, outcomes, touchSummaries } from '../../apps/server/src/customers/customers.table.ts';
import { lastEngagedAt, rebuildTouchSummary } from '../../apps/server/src/customers/rebuild-touch-summary.ts';
import { notes } from '../../apps/server/src/notes/notes.table.ts';
import { readPublished, type StoredScript } from '../../apps/server/src/scripts/scripts.store.ts';
import { libraryVersions, media, scriptFavourites, scriptUses } from '../../apps/server/src/scripts/scripts.table.ts';
import { largestBytes, sniffContent } from '../../apps/server/src/scripts/sniff-content.ts';
import { defaultPolicy, marketingMeter } from '../../apps/server/src/sends/guard.ts';
import { touches } from '../../apps/server/src/sends/sends.table.ts';
import { stageMoves, stages } from '../../apps/server/src/stages/stages.table.ts';
import { tagGroups } from '../../apps/server/src/tags/tags.table.ts';
import { tasks } from '../../apps/server/src/tasks/tasks.table.ts';
import { createTestClock, startTestApp, type TestApp } from '../../apps/server/src/test-app.ts';
import { fullSync } from '../../apps/server/src/wecom-sync/full-sync.ts';
import { variablesIn } from '../../packages/script-variables/src/index.ts';
import { atHour } from './history/days.ts';
import { importBrand } from './import-brand.ts';
import type { World } from './world.ts';

const timeZone = 'Asia/Shanghai';
// Noon of the day on which the simulated WeCom is planted: late enough for everything it knows of, and nobody is asleep.
const now = atHour(new Date(), 12, 0);
let app: TestApp;
let world: World;
let library: StoredScript[];

const runImport = () => importBrand({ databaseUrl: app.database.ownerUrl, sessionKey: app.deps.config.sessionKey, world, now });

beforeAll(async () => {
  app = await startTestApp({ wecom: 'simulator', clock: createTestClock(now) });
  world = (await (await fetch(`${app.simulator?.url}/_sim/world`)).json()) as World;
  await fullSync(app.deps, new AbortController().signal);
  await runImport();
  library = await readPublished(app.deps.db);
});
afterAll(() => app.close());

const group = <Row extends { externalUserId: string }>(rows: Row[]) => Map.groupBy(rows, ({ externalUserId }) => externalUserId);

const words = (script: StoredScript): string[] => [
  script.title,
  ...script.parts.flatMap((part) =>
    part.kind === 'text'
      ? [part.text]
      : part.kind === 'link'
        ? [part.title, part.description]
        : part.kind === 'miniprogram'
          ? [part.title]
          : [],
  ),
];

async function panelOf(staff: string, name: string): Promise<Panel> {
  const customer = world.customers.find((one) => one.name === name);
  const answer = await app.app.inject({ url: `/api/sidebar/customers/${customer?.external_userid}`, headers: app.cookieOf(staff) });
  return panelSchema.parse(answer.json());
}

test('120 scripts of all six kinds are published, for the company, for each store and for some guides', () => {
  expect(library).toHaveLength(120);
  const kinds = new Set(library.flatMap(({ parts }) => parts.map(({ kind }) => kind)));
  expect([...kinds].toSorted()).toEqual(['file', 'image', 'link', 'miniprogram', 'text', 'video']);
  const scopes = Map.groupBy(library, ({ scope }) => scope);
  expect(scopes.get('company')).toHaveLength(88);
  expect(new Set(scopes.get('store')?.flatMap(({ storeIds }) => storeIds)).size).toBe(6);
  const guides = new Set<string | null>(world.staff.map(({ userid }) => userid));
  expect(scopes.get('personal')?.filter(({ ownerUserId }) => !guides.has(ownerUserId))).toEqual([]);
  expect(library.filter(({ parts }) => parts.length > 2).length).toBeGreaterThan(1);
  for (const { parts } of library) for (const part of parts) partSchema.parse(part);
});

test('every file is one that WeCom lets a guide send, and no picture is heavier than 200 kB', async () => {
  const files = await app.deps.db.select().from(media);
  const kinds = files.map(({ fileName, bytes, byteSize, contentType }) => {
    const content = sniffContent(fileName, bytes);
    if (content === null) throw new Error(`nobody knows what ${fileName} is`);
    expect(content.contentType).toBe(contentType);
    expect(byteSize).toBe(bytes.length);
    expect(byteSize).toBeLessThan(content.kind === 'image' ? 200_000 : largestBytes[content.kind]);
    return content.kind;
  });
  expect(kinds.filter((kind) => kind === 'image').length).toBeGreaterThanOrEqual(12);
  expect(new Set(kinds)).toEqual(new Set(['image', 'video', 'file']));
});

test('no words shout, promise too much, or need a value that nobody has', () => {
  const promises =
    /最(有效|好|佳|强|便宜|低价|安全|新科技)|第一|唯一|顶级|绝对|永久|根治|治疗|治愈|药妆|医用|特效|无副作用|零刺激|立竿见影|百分百|100%/;
  const known = new Set(['客户称呼', '客户昵称', '导购姓名', '门店', '上次购买', '积分', '会员等级', '生日']);
  for (const script of library)
    for (const text of words(script)) {
      expect(text).not.toMatch(/[!！]/);
      expect(text).not.toMatch(promises);
      expect(variablesIn(text).filter((variable) => !known.has(variable))).toEqual([]);
    }
});

test('every word that makes a script an answer can be found in a question: it has 2 to 8 characters', () => {
  for (const { fit } of library)
    for (const word of fit.answers) expect(word.length).toSatisfy((length: number) => length >= 2 && length <= 8);
});

test('every summary and every last sign of life equals what the ledgers say', async () => {
  const { db } = app.deps;
  const [allTouches, allOutcomes, allOrders] = [
    await db.select().from(touches),
    await db.select().from(outcomes),
    await db.select().from(orders),
  ];
  const [touchesOf, outcomesOf, ordersOf] = [group(allTouches), group(allOutcomes), group(allOrders)];
  const engaged = new Map((await db.select().from(customers)).map((customer) => [customer.externalUserId, customer.lastEngagedAt]));
  const summaries = await db.select().from(touchSummaries);
  expect(summaries).toHaveLength(engaged.size);
  for (const { corpId: _corp, externalUserId, ...summary } of summaries) {
    const heard = outcomesOf.get(externalUserId) ?? [];
    const ledgers = {
      touches: touchesOf.get(externalUserId) ?? [],
      outcomes: heard,
      orders: ordersOf.get(externalUserId) ?? [],
      reservations: [],
    };
    expect(summary).toEqual(rebuildTouchSummary(ledgers, now, timeZone));
    expect(engaged.get(externalUserId)).toEqual(lastEngagedAt(heard));
  }
});

test('nothing happened before they met, or later than now', async () => {
  const { db } = app.deps;
  const happened = [
    ...(await db.select().from(touches)).map((row) => ({ ...row, at: row.touchedAt })),
    ...(await db.select().from(orders)).map((row) => ({ ...row, at: row.orderedAt })),
    ...(await db.select().from(notes)).map((row) => ({ ...row, at: row.writtenAt })),
  ];
  expect(happened.length).toBeGreaterThan(2_000);
  const firstMet = new Map<string, Date>();
  for (const { externalUserId, occurredAt, kind } of await db.select().from(outcomes)) {
    const known = firstMet.get(externalUserId);
    if (kind === 'followed' && (known === undefined || occurredAt < known)) firstMet.set(externalUserId, occurredAt);
  }
  // Whom an administrator has assigned did not follow anybody.
  for (const { externalUserId, followedAt } of await db.select().from(follows))
    if (!firstMet.has(externalUserId)) firstMet.set(externalUserId, followedAt);
  expect(happened.filter(({ at }) => at > now)).toEqual([]);
  expect(happened.filter(({ externalUserId, at }) => at < (firstMet.get(externalUserId) ?? now))).toEqual([]);
});

test('guides kept to the cap, and a few customers have no room left this week', async () => {
  const rows = await app.deps.db.select().from(touchSummaries);
  const counts = rows.map(({ marketingTouchedAt }) => marketingMeter({ marketingTouchedAt, optedOutAt: null }, now, timeZone).count);
  expect(Math.max(...counts)).toBe(defaultPolicy.cap);
  const full = counts.filter((count) => count === defaultPolicy.cap).length;
  expect(full).toBeGreaterThan(0);
  expect(full).toBeLessThan(rows.length / 10);
});

test('every customer has a stage that fits, and a move into it', async () => {
  const { db } = app.deps;
  const known = new Set((await db.select().from(stages)).map(({ stageId }) => stageId));
  const last = new Map((await db.select().from(stageMoves).orderBy(asc(stageMoves.movedAt))).map((move) => [move.externalUserId, move]));
  const everybody = await db.select().from(customers);
  for (const { externalUserId, stageId, stageEnteredAt } of everybody) {
    expect(known).toContain(stageId);
    expect(last.get(externalUserId)).toMatchObject({ toStageId: stageId, movedAt: stageEnteredAt });
  }
  // Nobody is lost yet: WeCom still lists whoever deleted their guide before the first sync.
  expect(new Set(everybody.map(({ stageId }) => stageId))).toEqual(new Set([...known].filter((stageId) => stageId !== 'gone')));
});

test('some 8 % ask and wait, many guides have something due, and a skin has one type', async () => {
  const { db } = app.deps;
  const waiting = (await db.select().from(touchSummaries)).filter(({ openQuestion }) => openQuestion !== null).length;
  expect(waiting / world.customers.length).toSatisfy((share: number) => share > 0.04 && share < 0.12);
  const due = await db.select().from(tasks);
  expect(new Set(due.map(({ staffUserId }) => staffUserId)).size).toBeGreaterThan(15);
  expect((await db.select().from(scriptFavourites)).length).toBeGreaterThan(30);
  const groups = await db.select().from(tagGroups);
  expect(groups.filter(({ singleChoice }) => singleChoice).map(({ name }) => name)).toEqual(['肤质']);
});

test('林小姐 looks as she is drawn: what is due first, then the answer to her question', async () => {
  const linda = await panelOf('zhouyining', 'Linda');
  expect(linda.stages.find(({ stageId }) => stageId === linda.customer.stageId)?.name).toBe('意向客户');
  expect(linda.relation).toMatchObject({ replyHours: '多在晚上回', marketing: { count: 2, cap: 3 } });
  expect(linda.variables).toMatchObject({ 客户称呼: '林小姐', 上次购买: '舒缓精华', 积分: '1280' });
  expect(Object.keys(linda.sentScripts)).toEqual(expect.arrayContaining(['launch.sample-pickup', 'offers.set-choice']));
  expect(linda.pulse.customer.filter((height) => height > 0).length).toBeGreaterThan(8);

  const [first, second] = linda.suggestions.cards;
  expect(first).toMatchObject({
    meta: '待办 · 使用回访',
    scriptId: 'care.serum-week',
    reason: { text: '舒缓精华用了 7 天，正是回访的时候' },
  });
  expect(first?.due).toBe('今天 18:00 前');
  expect(first?.parts.map(({ kind }) => kind)).toEqual(['text', 'image']);
  const asked = spokenDay(new Date(now.getTime() - 3 * 86_400_000), now, timeZone);
  expect(second).toMatchObject({ meta: `她 ${asked}问过防晒，还没人回`, scriptId: 'skin.sunscreen-over-serum' });
});

test('every customer of the guide whom the demo opens with gets something to say', async () => {
  const followed = world.follows.filter(({ staff }) => staff === 'zhouyining').slice(0, 20);
  for (const { external_userid } of followed) {
    const answer = await app.app.inject({ url: `/api/sidebar/customers/${external_userid}`, headers: app.cookieOf('zhouyining') });
    expect(panelSchema.parse(answer.json()).suggestions.cards.length).toBeGreaterThan(0);
  }
});

test('done twice, nothing changes', async () => {
  const { db } = app.deps;
  const everything = async () => ({
    versions: await db.select().from(libraryVersions),
    counts: await Promise.all(
      [touches, outcomes, orders, stageMoves, notes, tasks, scriptUses, scriptFavourites, media].map((table) => db.$count(table)),
    ),
    scripts: await readPublished(db),
    summaries: await db.select().from(touchSummaries).orderBy(asc(touchSummaries.externalUserId)),
  });
  const before = await everything();
  await runImport();
  expect(await everything()).toEqual(before);
});
