import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildTouchSummary } from '../customers/rebuild-touch-summary.ts';
import { asOf } from '../customers/touch-summary.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop, writeScript } from '../test-shop.ts';
import { lockSummary } from './sends.store.ts';
import { sends, touches } from './sends.table.ts';
import { holdsReservation } from './settle-part.ts';

const zone = 'Asia/Shanghai';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock(), app: { staffRequestsPerMinute: 100_000 } });
  await openShop(app.deps);
  const two = ['一', '二'].map((text) => ({ kind: 'text' as const, text }));
  await writeScript(app.deps, { scriptId: 'offer', purpose: 'marketing', parts: two });
  await writeScript(app.deps, { scriptId: 'help', parts: two });
});
afterAll(() => app.close());

/** The same "random" numbers in every run, so that a failure can be looked at again. */
const dice = (roll: number, sides: number) => createHash('sha256').update(`${roll}`).digest().readUInt32BE(0) % sides;

const call = (method: 'POST' | 'PUT', path: string, payload?: Record<string, unknown>) =>
  app.app.inject({ method, url: `/api/sidebar/customers/wmLin/sends${path}`, headers: app.cookieOf('zhou'), ...(payload && { payload }) });

async function oneTap(seed: number): Promise<void> {
  const sendId = uuidv7();
  const scriptId = dice(seed, 2) === 0 ? 'offer' : 'help';
  const start = async () => (await call('POST', '', { sendId, scriptId, version: 1, source: { kind: 'library' } })).json().state;
  let state = await start();
  for (let step = 0; step < dice(seed + 1000, 5); step += 1) {
    // As the page does it: what has ended is taken up again before anything more goes out.
    if (state !== 'open') state = await start();
    if (state !== 'open') return;
    const roll = dice(seed * 31 + step, 6);
    const result = ['sent', 'sent', 'sent', 'failed', 'cancelled'][roll];
    const n = 1 + dice(seed * 37 + step, 2);
    const at = app.clock.now().toISOString();
    const answer =
      result === undefined
        ? await call('PUT', `/${sendId}/stop`)
        : await call('PUT', `/${sendId}/parts/${n}`, { state: result, errMsg: null, at });
    state = answer.json().state;
  }
}

test('whatever guides tap, report, stop and take up again, the row equals what the ledgers say, and the cap holds', async () => {
  for (let round = 0; round < 12; round += 1) {
    await Promise.all(Array.from({ length: 6 }, (_, n) => oneTap(round * 100 + n)));
    const now = app.clock.now();
    const { db, config } = app.deps;
    const ledgers = {
      touches: await db.select().from(touches),
      outcomes: [],
      orders: [],
      reservations: (await db.select().from(sends)).filter(holdsReservation).map((send) => send.startedAt),
    };
    const stored = await db.transaction((tx) => lockSummary(tx, config.wecom.corpId, 'wmLin'));
    const told = asOf(stored, now, zone);
    const rebuilt = rebuildTouchSummary(ledgers, now, zone);
    expect(told.marketingTouchedAt).toEqual(rebuilt.marketingTouchedAt);
    expect([told.pulseUs, told.sentScripts]).toEqual([rebuilt.pulseUs, rebuilt.sentScripts]);
    const week = told.marketingTouchedAt.filter((at) => now.getTime() - at.getTime() < 7 * 86_400_000);
    expect(week.length).toBeLessThanOrEqual(3);
    app.clock.advance((1 + dice(round, 3)) * 86_400_000);
  }
});
