import { panel as panelSchema, type Panel } from '@nextline/contract';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayMs } from '../../apps/server/src/corp-time.ts';
import { notes } from '../../apps/server/src/notes/notes.table.ts';
import { touches } from '../../apps/server/src/sends/sends.table.ts';
import { createTestClock, startTestApp, type TestApp } from '../../apps/server/src/test-app.ts';
import { fullSync } from '../../apps/server/src/wecom-sync/full-sync.ts';
import { bringForward, daysBehind } from './bring-forward.ts';
import { atHour } from './history/days.ts';
import { importBrand } from './import-brand.ts';
import type { World } from './world.ts';

const laidAt = atHour(new Date(), 12, 0);
const guide = 'zhouyining';
let app: TestApp;
let world: World;

beforeAll(async () => {
  app = await startTestApp({ wecom: 'simulator', clock: createTestClock(laidAt) });
  world = (await (await fetch(`${app.simulator?.url}/_sim/world`)).json()) as World;
  await fullSync(app.deps, new AbortController().signal);
  await importBrand({ databaseUrl: app.database.ownerUrl, sessionKey: app.deps.config.sessionKey, world, now: laidAt });
});
afterAll(() => app.close());

const idOf = (name: string): string => world.customers.find((one) => one.name === name)?.external_userid ?? '';
async function panelOf(name: string): Promise<Panel> {
  const answer = await app.app.inject({ url: `/api/sidebar/customers/${idOf(name)}`, headers: app.cookieOf(guide) });
  return panelSchema.parse(answer.json());
}

/** What the panel says, with every time as minutes before now. */
function seenFrom(panel: Panel, now: Date) {
  const ago = (at: string | null) => (at === null ? null : Math.round((now.getTime() - Date.parse(at)) / 60_000));
  return {
    engaged: ago(panel.relation.lastEngagedAt),
    count: panel.relation.marketing.count,
    pulse: [panel.pulse.customer, panel.pulse.us],
    stageSince: ago(panel.customer.stageEnteredAt),
    sent: Object.fromEntries(Object.entries(panel.sentScripts).map(([scriptId, at]) => [scriptId, ago(at)])),
    cards: panel.suggestions.cards.map(({ scriptId }) => scriptId),
  };
}

test('five days later everything looks as it did on the first day, and what a visitor did since stays where it was', async () => {
  // Both have been customers for so long that a few days more make no difference.
  const names = ['Linda', '晓雯要早睡'];
  const before = await Promise.all(names.map(async (name) => seenFrom(await panelOf(name), laidAt)));
  const written = new Date(laidAt.getTime() + 3_600_000);
  await app.deps.db.insert(notes).values({
    corpId: world.corp.corp_id,
    externalUserId: idOf('Linda'),
    noteId: '019a7c00-0000-7000-8000-000000000001',
    staffUserId: guide,
    text: '试试备注',
    writtenAt: written,
  });
  app.clock.advance(5 * dayMs);
  const now = new Date(laidAt.getTime() + 5 * dayMs);
  const { ownerUrl } = app.database;
  const brand = { databaseUrl: ownerUrl, sessionKey: app.deps.config.sessionKey, corpId: world.corp.corp_id };
  await bringForward({ ...brand, laidAt, now });
  expect(await Promise.all(names.map(async (name) => seenFrom(await panelOf(name), now)))).toEqual(before);
  const [note] = await app.deps.db.select().from(notes).where(eq(notes.text, '试试备注'));
  expect(note?.writtenAt).toEqual(written);
});

test('started earlier in the day than it was laid, nothing lies ahead, and the same day changes nothing', async () => {
  const brand = { databaseUrl: app.database.ownerUrl, sessionKey: app.deps.config.sessionKey, corpId: world.corp.corp_id };
  const from = new Date(laidAt.getTime() + 5 * dayMs);
  const now = new Date(laidAt.getTime() + 6 * dayMs - 4 * 3_600_000);
  await bringForward({ ...brand, laidAt: from, now });
  const all = await app.deps.db.select({ at: touches.touchedAt }).from(touches).orderBy(asc(touches.touchedAt));
  expect(all.filter(({ at }) => at > now)).toEqual([]);
  await bringForward({ ...brand, laidAt: now, now: new Date(now.getTime() + 3_600_000) });
  expect(await app.deps.db.select({ at: touches.touchedAt }).from(touches).orderBy(asc(touches.touchedAt))).toEqual(all);
});

test('days are counted by the calendar of the corp', () => {
  expect(daysBehind(new Date('2026-06-01T15:59:00Z'), new Date('2026-06-01T16:01:00Z'))).toBe(1);
  expect(daysBehind(new Date('2026-06-01T16:01:00Z'), new Date('2026-06-02T15:59:00Z'))).toBe(0);
  expect(daysBehind(new Date('2026-06-02T00:00:00Z'), new Date('2026-06-01T00:00:00Z'))).toBe(0);
});
