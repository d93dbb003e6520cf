import { panel } from '@nextline/contract';
import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop, writeScript } from '../test-shop.ts';
import { writeAnswers } from '../write-answers.ts';
import { customers, follows, orders, touchSummaries } from './customers.table.ts';
import { emptySummary, withOrder, withOutcome, withTouch } from './touch-summary.ts';

const zone = 'Asia/Shanghai';
let app: TestApp;
const corpId = () => app.deps.config.wecom.corpId;

beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openShop(app.deps);
  await writeScript(app.deps, { scriptId: 'question', text: '{客户称呼}，{上次购买}用得怎么样' });
});
afterAll(() => app.close());
beforeEach(() => app.database.db.delete(touchSummaries));

const get = (externalUserId: string, staffUserId = 'zhou') =>
  app.app.inject({ url: `/api/sidebar/customers/${encodeURIComponent(externalUserId)}`, headers: app.cookieOf(staffUserId) });
const daysAgo = (days: number) => new Date(app.clock.now().getTime() - days * 86_400_000);

test('a guide sees her customer: who, from where, in words', async () => {
  const answer = await get('wmLin');
  expect(answer.statusCode).toBe(200);
  const shown = panel.parse(answer.json());
  expect(shown.follow).toMatchObject({ remark: '林小姐', sourceLabel: '门店活码', storeName: '南京西路店', mobiles: ['138****0101'] });
  expect(shown.customer).toMatchObject({ name: 'Linda', stageId: 'warm' });
  expect(shown.variables).toMatchObject({ 客户称呼: '林小姐', 客户昵称: 'Linda', 导购姓名: '周以宁', 门店: '南京西路店' });
  expect(shown.active).toBe(true);
  expect(answer.body).not.toContain('13800000101');
});

test('to whom nothing has happened yet has an empty summary, not an error', async () => {
  const shown = panel.parse((await get('wmLin')).json());
  expect(shown.relation).toMatchObject({ replyHours: null, lastTouch: null, marketing: { count: 0, cap: 3, blocked: null } });
  expect(shown.pulse.us).toEqual(Array.from({ length: 28 }, () => 0));
});

test('what happened is in the strip: touches, caps, reply hours, the last purchase', async () => {
  let summary = withTouch(
    emptySummary,
    { touchedAt: daysAgo(2), title: '会员日', purpose: 'marketing', scriptId: 's9', staffUserId: 'zhou' },
    zone,
  );
  for (const days of [1, 2, 3, 4, 5])
    summary = withOutcome(summary, { kind: 'reply', summary: null, occurredAt: new Date(daysAgo(days).getTime() + 6 * 3_600_000) }, zone);
  summary = withOrder(summary, { orderId: 'o1', items: [{ name: '舒缓精华', quantity: 1 }], orderedAt: daysAgo(7) });
  await app.database.db.insert(touchSummaries).values({ corpId: corpId(), externalUserId: 'wmLin', ...summary });
  const shown = panel.parse((await get('wmLin')).json());
  expect(shown.relation).toMatchObject({ replyHours: '多在晚上回', marketing: { count: 1 }, lastTouch: { title: '会员日' } });
  expect(shown.variables['上次购买']).toBe('舒缓精华');
  expect(Object.keys(shown.sentScripts)).toEqual(['s9']);
});

test('a variable without a value says why, and offers what the brand sells', async () => {
  await app.database.db.insert(orders).values(
    ['舒缓精华', '舒缓精华', '修护面霜'].map((name, n) => ({
      corpId: corpId(),
      externalUserId: 'wmChen',
      orderId: `o${n}`,
      items: [{ name, quantity: 1 }],
      amount: 39800,
      orderedAt: daysAgo(3),
    })),
  );
  app.clock.advance(3 * 86_400_000);
  await get('wmLin');
  const shown = panel.parse((await get('wmLin')).json());
  expect(shown.gaps).toEqual([{ variable: '上次购买', why: '没有订单记录，缺「上次买的产品」。', choices: ['舒缓精华', '修护面霜'] }]);
});

test('a manager sees what her store follows, and cannot send for the guide', async () => {
  const shown = panel.parse((await get('wmLin', 'lu')).json());
  expect(shown).toMatchObject({ active: false, follow: { staffUserId: 'zhou' }, suggestions: { cards: [] } });
});

test('a relation that ended can be read and is no longer active', async () => {
  const ended = eq(follows.externalUserId, 'wmLin');
  await app.database.db
    .update(follows)
    .set({ endedAt: daysAgo(1), endedBy: 'customer' })
    .where(ended);
  const shown = panel.parse((await get('wmLin')).json());
  await app.database.db.update(follows).set({ endedAt: null, endedBy: null }).where(ended);
  expect(shown.active).toBe(false);
});

test('with WeCom away the panel still comes from our store, and says so', async () => {
  // Nobody answers at this WeCom's address: asking for an unknown customer finds that out.
  expect((await get('wmNobodyKnows')).statusCode).toBe(503);
  expect(panel.parse((await get('wmLin')).json()).freshness.wecomReachable).toBe(false);
});

test('emoji, right-to-left text and long remarks come back as they were stored', async () => {
  const name = '👩‍👧‍👦 \u202bمرحبا\u202c \u200b🌸';
  await app.database.db.update(customers).set({ name }).where(eq(customers.externalUserId, 'wmLin'));
  const shown = panel.parse((await get('wmLin')).json());
  expect(shown.customer.name).toBe(name);
});

test('nothing is in the answer that the contract does not name, also of a task and of a send that is under way', async () => {
  const post = async (noun: string, payload: object) => {
    const headers = app.cookieOf('zhou');
    const answer = await app.app.inject({ method: 'POST', url: `/api/sidebar/customers/wmLin/${noun}`, headers, payload });
    expect(answer.statusCode).toBeLessThan(300);
  };
  await writeScript(app.deps, { scriptId: 'hello' });
  await post('tasks', { taskId: uuidv7(), title: '问问她用得怎么样', scriptId: 'hello', dueAt: app.clock.now().toISOString() });
  await post('sends', { sendId: uuidv7(), holderId: uuidv7(), scriptId: 'hello', version: 1, source: { kind: 'library' } });
  const { body } = await get('wmLin');
  expect(panel.parse(JSON.parse(body))).toMatchObject({ tasks: [{ scriptId: 'hello' }], openSends: [{ state: 'open' }] });
  expect(JSON.parse(writeAnswers({ schema: panel })(JSON.parse(body)))).toEqual(JSON.parse(body));
});

test('without a session nothing is told', async () => {
  expect((await app.app.inject({ url: '/api/sidebar/customers/wmLin' })).statusCode).toBe(401);
});

test('an id with NUL, or longer than any id, is refused', async () => {
  expect((await get('wm\u0000')).statusCode).toBe(400);
  expect((await get('w'.repeat(150))).statusCode).toBe(400);
});
