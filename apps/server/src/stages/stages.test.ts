import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock, openShop } from '../test-shop.ts';
import { stageMoves } from './stages.table.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openShop(app.deps);
});
afterAll(() => app.close());

const move = (stageId: string | null) =>
  app.app.inject({
    method: 'PUT',
    url: '/api/sidebar/customers/wmLin/stage',
    headers: app.cookieOf('zhou'),
    payload: { stageId },
  });
const moves = () => app.database.db.select().from(stageMoves).orderBy(stageMoves.movedAt, stageMoves.moveId);

test('the pipeline is listed in its order', async () => {
  const answer = await app.app.inject({ url: '/api/sidebar/stages', headers: app.cookieOf('zhou') });
  expect(answer.json().stages.map((stage: { name: string }) => stage.name)).toEqual(['潜在客户', '意向客户', '首购']);
});

test('a move says where she was, and is kept with who made it; the same move again is none', async () => {
  expect((await move('won')).json()).toMatchObject({ stageId: 'won', previousStageId: 'warm' });
  expect((await move('won')).json()).toMatchObject({ stageId: 'won', previousStageId: 'won' });
  expect(await moves()).toMatchObject([{ fromStageId: 'warm', toStageId: 'won', staffUserId: 'zhou', why: 'sidebar' }]);
});

test('out of the pipeline and a stage that does not exist', async () => {
  expect((await move(null)).json()).toEqual({ stageId: null, stageEnteredAt: null, previousStageId: 'won' });
  const answer = await move('nowhere');
  expect([answer.statusCode, answer.json().error.code]).toEqual([404, 'stage.not_found']);
});

test('ten moves at once leave an unbroken chain', async () => {
  await Promise.all(Array.from({ length: 10 }, (_, n) => move(n % 2 === 0 ? 'lead' : 'warm')));
  const chain = await moves();
  const reached = new Set(['warm', ...chain.map((one) => one.toStageId)]);
  expect(chain.filter((one) => !reached.has(one.fromStageId))).toEqual([]);
  const panel = await app.app.inject({ url: '/api/sidebar/customers/wmLin', headers: app.cookieOf('zhou') });
  expect(['lead', 'warm']).toContain(panel.json().customer.stageId);
});
