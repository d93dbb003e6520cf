import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { dayMs, dayOf, hourMs, hourOf, instantOf } from '../apps/server/src/corp-time.ts';
import { outcomes } from '../apps/server/src/customers/customers.table.ts';
import { defaultPolicy, type GuardState, marketingMeter, refusalOf } from '../apps/server/src/sends/guard.ts';
import { touches } from '../apps/server/src/sends/sends.table.ts';
import { startTestApp } from '../apps/server/src/test-app.ts';
import { eventXml, postCallback } from '../apps/server/src/test-callbacks.ts';
import { afternoonClock, openShop, writeScript } from '../apps/server/src/test-shop.ts';
import { takeCallbacks } from '../apps/server/src/wecom-callback/inbox.store.ts';
import { workInbox } from '../apps/server/src/wecom-callback/work-inbox.ts';
import { chanceFrom } from './seeded.ts';

const jumps = [hourMs, -hourMs, dayMs, -dayMs];

test.each(jumps)(
  'T14: a server whose clock jumps by %d ms between tap and result writes one touch, and the same tap stays one send',
  async (jump) => {
    const world = await startTestApp({ clock: afternoonClock() });
    try {
      await openShop(world.deps);
      await writeScript(world.deps, { scriptId: 'hello' });
      const sendId = randomUUID();
      const headers = world.cookieOf('zhou');
      const url = '/api/sidebar/customers/wmLin/sends';
      const payload = { sendId, scriptId: 'hello', version: 1, source: { kind: 'library' } };
      const report = () => {
        const result = { state: 'sent', errMsg: null, at: world.clock.now().toISOString() };
        // A session does not outlive a day, whoever's day it is.
        return world.app.inject({ method: 'PUT', url: `${url}/${sendId}/parts/1`, headers: world.cookieOf('zhou'), payload: result });
      };
      expect((await world.app.inject({ method: 'POST', url, headers, payload })).statusCode).toBe(200);
      world.clock.advance(jump);
      expect((await report()).json().state).toBe('done');
      world.clock.advance(-jump);
      expect((await report()).json().state).toBe('done');
      expect((await world.app.inject({ method: 'POST', url, headers: world.cookieOf('zhou'), payload })).json().state).toBe('done');
      expect(await world.database.db.select().from(touches)).toHaveLength(1);
    } finally {
      await world.close();
    }
  },
);

test('T14: what a process has taken stays taken by the clock of the database, whatever its own clock says', async () => {
  const world = await startTestApp({ wecom: 'simulator' });
  try {
    const [follow] = [...(world.simulator?.world.follows.values() ?? [])];
    const fields = { UserID: follow?.staff ?? '', ExternalUserID: follow?.externalUserid ?? '' };
    await postCallback(world, eventXml(world.deps.config.wecom.corpId, 'change_external_contact', 'add_external_contact', fields));
    expect(await takeCallbacks(world.deps.db, { lanes: 5, together: 1, urgentOnly: false })).toHaveLength(1);
    for (const jump of jumps) {
      world.clock.advance(jump);
      expect(await workInbox(world.deps)).toBe(0);
    }
    // The minute passes in the database, while the process believes that it is yesterday.
    await world.database.pool.query('UPDATE callback_inbox SET next_attempt_at = now()');
    world.clock.advance(-dayMs);
    expect(await workInbox(world.deps)).toBe(1);
    world.clock.advance(2 * dayMs);
    expect(await workInbox(world.deps)).toBe(0);
    const told = await world.database.db.select().from(outcomes);
    expect(told.filter((outcome) => outcome.staffUserId === follow?.staff)).toHaveLength(1);
  } finally {
    await world.close();
  }
});

const zones = ['Asia/Shanghai', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];

test.each(zones)(
  'T14: in %s every day of a leap year comes once and in order, 29 February and the days with 23 or 25 hours too',
  (zone) => {
    const from = instantOf(dayOf(new Date('2028-01-01T12:00:00Z'), zone), 0, zone);
    const days: number[] = [];
    for (let at = from.getTime(); at < from.getTime() + 367 * dayMs; at += hourMs / 2) {
      const day = dayOf(new Date(at), zone);
      if (days.at(-1) !== day) days.push(day);
    }
    expect(days).toEqual(Array.from({ length: days.length }, (_, n) => (days[0] ?? 0) + n));
    for (const day of days.slice(0, 366)) {
      const morning = instantOf(day, 8, zone);
      expect([dayOf(morning, zone), hourOf(morning, zone)]).toEqual([day, 8]);
    }
  },
);

test.each(zones)('T14: in %s, over a year with both changes of the clocks, the guard keeps its cap and its word', (zone) => {
  const chance = chanceFrom(14);
  const touched: Date[] = [];
  const promised: { state: GuardState; at: Date }[] = [];
  for (let at = Date.UTC(2028, 0, 1); at < Date.UTC(2029, 0, 1); at += chance.below(20) * hourMs) {
    const now = new Date(at);
    const state = { marketingTouchedAt: [...touched], optedOutAt: null };
    const { nextAllowedAt } = marketingMeter(state, now, zone);
    if (refusalOf('marketing', state, now, zone) === null) touched.push(now);
    else if (nextAllowedAt) promised.push({ state, at: nextAllowedAt });
    at += hourMs;
  }
  expect(promised.every(({ state, at }) => refusalOf('marketing', state, at, zone) === null)).toBe(true);
  expect(promised.every(({ state, at }) => refusalOf('marketing', state, new Date(at.getTime() - 1), zone) !== null)).toBe(true);
  const window = defaultPolicy.windowDays * dayMs;
  for (const first of touched)
    expect(touched.filter((at) => at >= first && at.getTime() - first.getTime() < window).length).toBeLessThanOrEqual(defaultPolicy.cap);
  expect(touched.every((at) => hourOf(at, zone) >= 8 && hourOf(at, zone) < 22)).toBe(true);
  expect(touched.length).toBeGreaterThan(100);
});
