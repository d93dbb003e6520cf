import { timelinePage } from '@nextline/contract';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outcomes } from '../customers/customers.table.ts';
import { notes } from '../notes/notes.table.ts';
import { touches } from '../sends/sends.table.ts';
import { stageMoves } from '../stages/stages.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop, writeScript } from '../test-shop.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openShop(app.deps);
  await writeScript(app.deps, { scriptId: 'check' });
  const { db, config } = app.deps;
  const her = { corpId: config.wecom.corpId, externalUserId: 'wmLin' };
  const at = (daysAgo: number) => new Date(app.clock.now().getTime() - daysAgo * 86_400_000);
  const touch = {
    ...her,
    staffUserId: 'zhou',
    touchpoint: 'import' as const,
    purpose: 'service' as const,
    title: '使用回访',
    scriptId: 'check',
  };
  // Twenty of one instant: what a page boundary must not lose.
  await db.insert(touches).values(Array.from({ length: 20 }, () => ({ ...touch, touchId: uuidv7(), touchedAt: at(5) })));
  await db
    .insert(touches)
    .values({ ...touch, staffUserId: 'qian', purpose: 'marketing', title: '618', scriptId: null, touchId: uuidv7(), touchedAt: at(70) });
  await db.insert(outcomes).values([
    { ...her, outcomeId: uuidv7(), kind: 'reply', summary: '能叠防晒吗', staffUserId: 'zhou', occurredAt: at(3) },
    { ...her, outcomeId: uuidv7(), kind: 'order', summary: '买了舒缓精华', occurredAt: at(7) },
    { ...her, outcomeId: uuidv7(), kind: 'followed', staffUserId: 'zhou', occurredAt: at(46) },
  ]);
  await db
    .insert(stageMoves)
    .values({ ...her, movedAt: at(4), moveId: uuidv7(), fromStageId: 'lead', toStageId: 'warm', staffUserId: 'zhou', why: 'sidebar' });
  await db.insert(notes).values({ ...her, noteId: uuidv7(), staffUserId: 'zhou', text: '给妈妈买', writtenAt: at(6) });
});
afterAll(() => app.close());

const page = async (query = '') => {
  const url = `/api/sidebar/customers/wmLin/timeline${query}`;
  return app.app.inject({ url, headers: app.cookieOf('zhou') });
};

test('what she did, what we did and what the system did, newest first, in words', async () => {
  const { entries } = timelinePage.parse((await page('?limit=100')).json());
  const lines = entries.filter((entry, n) => entry.kind !== 'touch' || n === 2 || entry.title === '618');
  expect(lines.map(({ side, kind, title, detail }) => [side, kind, title, detail])).toEqual([
    ['customer', 'message', '能叠防晒吗', null],
    ['system', 'stage', '「潜在客户」到「意向客户」', '你改的'],
    ['us', 'touch', '使用回访', '你发的 · 文字 · 不占次数'],
    ['us', 'note', '给妈妈买', '你记的'],
    ['customer', 'order', '买了舒缓精华', null],
    ['customer', 'followed', '加了你', null],
    ['us', 'touch', '618', '钱朵发的'],
  ]);
});

test('pages of any size hold everything once, also where twenty things have the same instant', async () => {
  const all = timelinePage.parse((await page('?limit=100')).json()).entries.map((entry) => entry.entryId);
  for (const limit of [1, 3, 7, 20]) {
    const seen: string[] = [];
    let before: string | null = '';
    while (before !== null) {
      const answer: ReturnType<typeof timelinePage.parse> = timelinePage.parse(
        (await page(`?limit=${limit}${before && `&before=${before}`}`)).json(),
      );
      seen.push(...answer.entries.map((entry) => entry.entryId));
      before = answer.nextBefore;
    }
    expect(seen).toEqual(all);
  }
});

test('a cursor that we did not write and a limit out of range are refused', async () => {
  expect((await page('?before=nonsense')).statusCode).toBe(400);
  expect((await page('?limit=0')).statusCode).toBe(400);
  expect((await page('?limit=1000')).statusCode).toBe(400);
});

test('of a version that has been replaced since, the timeline does not say what the new one consists of', async () => {
  const { db, config, clock } = app.deps;
  const version = await writeScript(app.deps, { scriptId: 'news' });
  const sent = (title: string, of: number) => ({
    corpId: config.wecom.corpId,
    externalUserId: 'wmLin',
    touchedAt: clock.now(),
    touchId: uuidv7(),
    staffUserId: 'zhou',
    touchpoint: 'sidebar' as const,
    purpose: 'service' as const,
    title,
    scriptId: 'news',
    version: of,
  });
  const newer = await writeScript(app.deps, {
    scriptId: 'news',
    parts: [{ kind: 'link', title: '', description: '', url: 'https://brand.example/', cover: null }],
  });
  await db.insert(touches).values([sent('旧的', version), sent('新的', newer)]);
  const { entries } = timelinePage.parse((await page('?limit=100')).json());
  const details = Object.fromEntries(entries.map(({ title, detail }) => [title, detail]));
  expect([details['旧的'], details['新的']]).toEqual(['你发的 · 不占次数', '你发的 · 链接 · 不占次数']);
});
