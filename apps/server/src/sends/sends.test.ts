import { send as sendSchema, type StartSendBody } from '@nextline/contract';
import { and, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { customers, follows, touchSummaries } from '../customers/customers.table.ts';
import { scripts, scriptUses } from '../scripts/scripts.table.ts';
import { cardOutcomes, suggestionLists } from '../suggestions/suggestions.table.ts';
import { tasks } from '../tasks/tasks.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop, writeScript } from '../test-shop.ts';
import { endForgottenSends } from './end-forgotten-sends.ts';
import { sends, touches } from './sends.table.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openShop(app.deps);
  await writeScript(app.deps, { scriptId: 'hello' });
  await writeScript(app.deps, { scriptId: 'offer', purpose: 'marketing', text: '618 开始了' });
  await writeScript(app.deps, { scriptId: 'purchase', text: '{上次购买}用得怎么样' });
  const two = ['一', '二'].map((text) => ({ kind: 'text' as const, text }));
  await writeScript(app.deps, { scriptId: 'two', purpose: 'marketing', parts: two });
});
afterAll(() => app.close());
beforeEach(async () => {
  for (const table of [touchSummaries, touches, sends, tasks, cardOutcomes, scriptUses]) await app.database.db.delete(table);
});

const hour = 3_600_000;
const db = () => app.database.db;
const base = '/api/sidebar/customers/wmLin/sends';
const body = (scriptId: string, more: Partial<StartSendBody> = {}): StartSendBody => ({
  sendId: uuidv7(),
  scriptId,
  version: 1,
  source: { kind: 'library' },
  ...more,
});
const start = (payload: StartSendBody, staffUserId = 'zhou', url = base) =>
  app.app.inject({ method: 'POST', url, headers: app.cookieOf(staffUserId), payload });
const report = (sendId: string, n: number, state: string, errMsg: string | null = null, at = app.clock.now().toISOString()) =>
  app.app.inject({ method: 'PUT', url: `${base}/${sendId}/parts/${n}`, headers: app.cookieOf('zhou'), payload: { state, errMsg, at } });
const stop = (sendId: string) => app.app.inject({ method: 'PUT', url: `${base}/${sendId}/stop`, headers: app.cookieOf('zhou') });
const summary = async () => (await db().select().from(touchSummaries))[0];

test('a tap gets its message with everything filled in', async () => {
  const answer = await start(body('hello'));
  expect(answer.statusCode).toBe(200);
  expect(sendSchema.parse(answer.json())).toMatchObject({
    state: 'open',
    parts: [{ n: 1, state: 'waiting', message: { msgtype: 'text', text: { content: '林小姐，好久不见' } } }],
  });
});

test('asking again with the same id, because the answer was lost, is the same send', async () => {
  const tap = body('offer');
  const answers = await Promise.all([start(tap), start(tap), start(tap)]);
  answers.push(await start(tap));
  expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
  expect(await db().$count(sends)).toBe(1);
  expect((await summary())?.marketingTouchedAt).toHaveLength(1);
});

test('of two devices that take up the same send one may, the other when its time is over or the send has ended', async () => {
  const [one, other] = [uuidv7(), uuidv7()];
  const tap = body('two');
  const codeOf = async (holderId: string | null) => {
    const answer = await start({ ...tap, holderId });
    return answer.statusCode === 200 ? 200 : answer.json().error.code;
  };
  expect(await codeOf(one)).toBe(200);
  expect([await codeOf(other), await codeOf(null), await codeOf(one)]).toEqual(['send.held', 'send.held', 200]);
  await report(tap.sendId, 1, 'sent');
  expect(await codeOf(other)).toBe('send.held');
  app.clock.advance(45_000);
  const both = await Promise.all([codeOf(one), codeOf(other)]);
  expect(both.toSorted()).toEqual([200, 'send.held']);
  await stop(tap.sendId);
  expect(await codeOf(both[0] === 200 ? other : one)).toBe(200);
});

test('the same id with another script is refused, at once and later, and sends neither', async () => {
  const tap = body('hello');
  const [one, other] = await Promise.all([start(tap), start({ ...tap, scriptId: 'offer' })]);
  expect([one.statusCode, other.statusCode].toSorted()).toEqual([200, 409]);
  const later = await start({ ...tap, scriptId: 'two' });
  expect([later.statusCode, later.json().error.code]).toEqual([409, 'send.other_script']);
  expect(await db().$count(sends)).toBe(1);
});

test("another guide's send is not found, whatever she asks of it", async () => {
  const tap = body('hello');
  await start(tap);
  const followedAt = app.clock.now();
  const corpId = app.deps.config.wecom.corpId;
  await db().insert(follows).values({ corpId, externalUserId: 'wmLin', staffUserId: 'qian', followedAt, syncedAt: followedAt });
  const again = await start(tap, 'qian');
  const stopped = await app.app.inject({ method: 'PUT', url: `${base}/${tap.sendId}/stop`, headers: app.cookieOf('qian') });
  await db()
    .delete(follows)
    .where(and(eq(follows.externalUserId, 'wmLin'), eq(follows.staffUserId, 'qian')));
  expect([again.statusCode, again.json().error.code, stopped.statusCode]).toEqual([404, 'send.not_found', 404]);
});

test('the first part that arrived writes the touch, the summary, the use, the end of the task and the card, once', async () => {
  const taskId = uuidv7();
  const corpId = app.deps.config.wecom.corpId;
  const now = app.clock.now();
  await db().insert(tasks).values({
    corpId,
    externalUserId: 'wmLin',
    taskId,
    staffUserId: 'zhou',
    kind: 'follow_up',
    title: '使用回访',
    scriptId: 'two',
    dueAt: now,
    createdAt: now,
  });
  const asked = { at: new Date(now.getTime() - 3_600_000).toISOString(), text: '能叠防晒吗' };
  await db().insert(touchSummaries).values({ corpId, externalUserId: 'wmLin', openQuestion: asked });
  const listId = uuidv7();
  const cards = [{ slot: 1, scriptId: 'two', version: 1, probability: 1, score: 1 }];
  await db().insert(suggestionLists).values({ corpId, externalUserId: 'wmLin', listId, shownAt: now, staffUserId: 'zhou', cards });
  const tap = body('two', { source: { kind: 'suggestion', listId, slot: 1 } });
  await start(tap);
  expect((await report(tap.sendId, 1, 'sent')).json().state).toBe('open');
  expect((await report(tap.sendId, 1, 'sent')).statusCode).toBe(200);
  expect((await report(tap.sendId, 2, 'sent')).json().state).toBe('done');

  expect(await db().select().from(touches)).toMatchObject([
    { title: 'two', purpose: 'marketing', sendId: tap.sendId, staffUserId: 'zhou' },
  ]);
  expect(await summary()).toMatchObject({ recentTouches: [{ title: 'two' }], sentScripts: { two: expect.any(String) } });
  expect((await summary())?.marketingTouchedAt).toHaveLength(1);
  expect(await db().select().from(tasks)).toMatchObject([{ status: 'done', sendId: tap.sendId }]);
  expect(await db().select().from(cardOutcomes)).toMatchObject([{ listId, slot: 1, outcome: 'sent' }]);
  expect(await db().select().from(scriptUses)).toMatchObject([{ scriptId: 'two', uses: 1 }]);
});

test('a service answer closes her open question', async () => {
  const corpId = app.deps.config.wecom.corpId;
  const at = new Date(app.clock.now().getTime() - 3_600_000).toISOString();
  await db()
    .insert(touchSummaries)
    .values({ corpId, externalUserId: 'wmLin', openQuestion: { at, text: '能叠防晒吗' } });
  const tap = body('hello');
  await start(tap);
  await report(tap.sendId, 1, 'sent');
  expect((await summary())?.openQuestion).toBeNull();
});

test('a cancel is recorded with what the client said, gives the place back, and nothing reached her', async () => {
  const tap = body('offer');
  await start(tap);
  const answer = await report(tap.sendId, 1, 'cancelled', 'sendChatMessage:cancel');
  expect(answer.json()).toMatchObject({ state: 'stopped', parts: [{ state: 'cancelled', errMsg: 'sendChatMessage:cancel' }] });
  expect(await summary()).toMatchObject({ marketingTouchedAt: [], recentTouches: [] });
  expect(await db().$count(touches)).toBe(0);
});

test('sent is final: a failure that is told later does not undo it', async () => {
  const tap = body('hello');
  await start(tap);
  await report(tap.sendId, 1, 'sent');
  expect((await report(tap.sendId, 1, 'failed', 'x')).json()).toMatchObject({ state: 'done', parts: [{ state: 'sent' }] });
});

test('stopped after the first of two: what arrived counts, and it can be taken up again', async () => {
  const tap = body('two');
  await start(tap);
  await report(tap.sendId, 1, 'sent');
  expect((await stop(tap.sendId)).json().state).toBe('stopped');
  expect((await start(tap)).json()).toMatchObject({ state: 'open', parts: [{ state: 'sent' }, { state: 'waiting' }] });
  expect((await report(tap.sendId, 2, 'sent')).json().state).toBe('done');
  expect(await db().$count(touches)).toBe(1);
});

test('stopped before anything arrived, taken up again when the cap is used up: refused', async () => {
  const tap = body('two');
  await start(tap);
  await stop(tap.sendId);
  for (let n = 0; n < 3; n += 1) expect((await start(body('offer'))).statusCode).toBe(200);
  expect((await start(tap)).json().error.code).toBe('guard.cap');
});

test('a send that stayed open is asked about again when it is taken up: she opted out, the night began, the script was replaced', async () => {
  const tap = body('offer');
  await start(tap);
  await db().update(customers).set({ optedOutAt: app.clock.now() });
  expect((await start(tap)).statusCode, 'a lost answer, asked for again at once').toBe(200);
  app.clock.advance(hour / 4);
  expect((await start(tap)).json().error?.code).toBe('guard.opted_out');
  await db().update(customers).set({ optedOutAt: null });
  app.clock.advance(8 * hour);
  expect((await start(tap)).json().error?.code).toBe('guard.quiet_hours');
  app.clock.advance(10 * hour);
  expect((await start(tap)).statusCode).toBe(200);
  expect((await summary())?.marketingTouchedAt).toHaveLength(1);
  app.clock.advance(5.75 * hour);

  const stale = body('stale');
  await writeScript(app.deps, { scriptId: 'stale', text: '旧' });
  await start(stale);
  await writeScript(app.deps, { scriptId: 'stale', text: '新' });
  app.clock.advance(hour / 4);
  expect((await start(stale)).json().error?.code).toBe('script.changed');
  app.clock.advance(-hour / 4);
});

test('a place that was never used and is older than the window does not let its send past the cap', async () => {
  const tap = body('offer');
  await start(tap);
  app.clock.advance(8 * 24 * hour);
  for (let n = 0; n < 3; n += 1) expect((await start(body('offer'))).statusCode).toBe(200);
  expect((await start(tap)).json().error?.code).toBe('guard.cap');
});

test('the rest of a send goes on within a day, unless she opts out in between', async () => {
  const tap = body('two');
  await start(tap);
  await report(tap.sendId, 1, 'sent');
  await stop(tap.sendId);
  await db().update(customers).set({ optedOutAt: app.clock.now() });
  expect((await start(tap)).json().error?.code).toBe('guard.opted_out');
  await db().update(customers).set({ optedOutAt: null });
  app.clock.advance(23 * hour);
  expect((await start(tap)).json()).toMatchObject({ state: 'open', parts: [{ state: 'sent' }, { state: 'waiting' }] });
  app.clock.advance(2 * hour);
  expect((await start(tap)).json().error?.code).toBe('send.too_old');
  app.clock.advance(-hour);
});

test('a tap whose page was gone gives its place back after a day, and what is told later still counts', async () => {
  const tap = body('offer');
  await start(tap);
  app.clock.advance(23 * hour);
  expect(await endForgottenSends(app.deps)).toBe(0);
  expect((await summary())?.marketingTouchedAt).toHaveLength(1);
  app.clock.advance(2 * hour);
  expect(await endForgottenSends(app.deps)).toBe(1);
  expect((await summary())?.marketingTouchedAt).toEqual([]);
  expect((await db().select().from(sends))[0]).toMatchObject({ state: 'stopped' });
  expect(await endForgottenSends(app.deps)).toBe(0);
  expect((await report(tap.sendId, 1, 'sent')).json().state).toBe('done');
  expect((await summary())?.marketingTouchedAt).toHaveLength(1);
  app.clock.advance(-hour);
});

test('the rest of what was begun a day ago is ended, and not offered any more; one that was taken up again stays', async () => {
  const [old, fresh] = [body('two'), body('two')];
  await start(old);
  await report(old.sendId, 1, 'sent');
  await start(fresh);
  app.clock.advance(25 * hour);
  await start(fresh);
  expect(await endForgottenSends(app.deps)).toBe(1);
  const states = Object.fromEntries((await db().select().from(sends)).map(({ sendId, state }) => [sendId, state]));
  expect(states).toEqual({ [old.sendId]: 'stopped', [fresh.sendId]: 'open' });
  app.clock.advance(-hour);
});

test('a result that waited offline is written with its own time, but never before the tap and never in the future', async () => {
  const tap = body('hello');
  await start(tap);
  app.clock.advance(3_600_000);
  const early = new Date(app.clock.now().getTime() - 1_800_000);
  await report(tap.sendId, 1, 'sent', null, early.toISOString());
  expect((await db().select().from(touches))[0]?.touchedAt).toEqual(early);
  const second = body('hello');
  await start(second);
  const told = app.clock.now().getTime();
  await report(second.sendId, 1, 'sent', null, '2100-01-01T00:00:00.000Z');
  const written = (await db().select().from(touches)).map((touch) => touch.touchedAt.getTime());
  expect(Math.max(...written)).toBeLessThan(told + 60_000);
});

test('a variable without a value blocks and is named; filled in, it goes', async () => {
  const refused = await start(body('purchase'));
  expect([refused.statusCode, refused.json().error]).toMatchObject([
    422,
    { code: 'variable.unresolved', details: { variables: ['上次购买'] } },
  ]);
  expect(await db().$count(sends)).toBe(0);
  const filled = await start(body('purchase', { fills: { 上次购买: '舒缓精华' } }));
  expect(filled.json().parts[0].message.text.content).toBe('舒缓精华用得怎么样');
});

test('the rules: cap with its end, quiet hours, opted out; service always goes', async () => {
  for (let n = 0; n < 3; n += 1) expect((await start(body('offer'))).statusCode).toBe(200);
  const capped = await start(body('offer'));
  expect([capped.statusCode, capped.json().error]).toMatchObject([
    409,
    { code: 'guard.cap', details: { cap: 3, windowDays: 7, count: 3 } },
  ]);
  expect(capped.json().error.message).toMatch(/7 天内最多 3 次，全店合计.*起可发/);
  expect((await start(body('hello'))).statusCode).toBe(200);

  const corpId = app.deps.config.wecom.corpId;
  await db().update(customers).set({ optedOutAt: app.clock.now() }).where(eq(customers.externalUserId, 'wmLin'));
  expect((await start(body('offer'))).json().error.code).toBe('guard.opted_out');
  expect((await start(body('hello'))).statusCode).toBe(200);
  await db().update(customers).set({ optedOutAt: null }).where(eq(customers.corpId, corpId));
});

const code = async (scriptId: string) => {
  const answer = await start(body(scriptId));
  return answer.statusCode === 200 ? 200 : `${answer.statusCode} ${answer.json().error.code}`;
};

test('a script that is retired, over, unknown, not theirs, or replaced is refused with its own code', async () => {
  await writeScript(app.deps, { scriptId: 'retired' });
  await db().update(scripts).set({ status: 'retired', retiredAt: app.clock.now() }).where(eq(scripts.scriptId, 'retired'));
  await writeScript(app.deps, { scriptId: 'over', validUntil: new Date(app.clock.now().getTime() - 1) });
  await writeScript(app.deps, { scriptId: 'private', visibility: { scope: 'personal', ownerUserId: 'qian' } });
  await writeScript(app.deps, { scriptId: 'replaced', text: '旧' });
  await writeScript(app.deps, { scriptId: 'replaced', text: '新' });
  expect(await code('retired')).toBe('410 script.retired');
  expect(await code('over')).toBe('410 script.retired');
  expect(await code('nothing')).toBe('404 script.not_found');
  expect(await code('private')).toBe('404 script.not_found');
  expect(await code('replaced')).toBe('409 script.changed');
});

test('an offer that a guide writes herself meets the rules of marketing, and it is said which words make it one', async () => {
  const mine = { scope: 'personal', ownerUserId: 'zhou' } as const;
  await writeScript(app.deps, { scriptId: 'own-offer', text: '今天全场８折', visibility: mine });
  await writeScript(app.deps, { scriptId: 'own-word', text: '给您留了一瓶', visibility: mine });
  await db().update(customers).set({ optedOutAt: app.clock.now() }).where(eq(customers.externalUserId, 'wmLin'));
  const refused = await start(body('own-offer'));
  const over = await start(body('hello', { edits: [{ n: 1, text: '今天打折' }] }));
  const passed = [await start(body('own-word')), await start(body('hello'))].map(({ statusCode }) => statusCode);
  await db().update(customers).set({ optedOutAt: null }).where(eq(customers.externalUserId, 'wmLin'));
  expect(refused.json().error).toMatchObject({
    code: 'guard.opted_out',
    message: expect.stringContaining('你写的话里有「8折」，算营销。'),
  });
  expect(over.json().error).toMatchObject({ code: 'guard.opted_out', message: expect.stringContaining('「打折」') });
  expect(passed).toEqual([200, 200]);
  // Let through, it takes a place under the cap like any other.
  expect((await start(body('own-offer'))).statusCode).toBe(200);
  expect((await summary())?.marketingTouchedAt).toHaveLength(1);
});

test('a guide whose relation has ended cannot send', async () => {
  const ended = eq(follows.externalUserId, 'wmLin');
  await db().update(follows).set({ endedAt: app.clock.now(), endedBy: 'customer' }).where(ended);
  const answer = await start(body('hello'));
  await db().update(follows).set({ endedAt: null, endedBy: null }).where(ended);
  expect([answer.statusCode, answer.json().error.code]).toEqual([403, 'customer.not_followed']);
});

const edited = async (text: string) => start(body('hello', { edits: [{ n: 1, text }] }));

test('emoji, right-to-left text and 4,000 characters go out as they were written; NUL and 4,001 are refused', async () => {
  const strange = '👩‍👧‍👦 \u202bمرحبا\u202c \u200b=1+1\n🌸';
  expect((await edited(strange)).json().parts[0].message.text.content).toBe(strange);
  const long = '好'.repeat(4000);
  expect((await edited(long)).json().parts[0].message.text.content).toBe(long);
  expect((await edited(`${long}好`)).statusCode).toBe(400);
  expect((await edited('a\u0000b')).statusCode).toBe(400);
  const stored = await db().select({ parts: sends.parts }).from(sends).orderBy(sends.startedAt);
  expect(stored.flatMap((row) => row.parts.map((part) => part.message))).toMatchObject([
    { text: { content: strange } },
    { text: { content: long } },
  ]);
});
