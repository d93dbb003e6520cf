import { eq, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { customers, follows, orders } from '../customers/customers.table.ts';
import { settleList } from '../customers/settle-list.ts';
import { asking, openConsole } from '../customers/test-console.ts';
import { workBulk } from '../customers/work-bulk.ts';
import { eventually, startTestApp, type TestApp } from '../test-app.ts';
import { afternoonClock } from '../test-shop.ts';
import { applyStageRules } from './apply-stage-rules.ts';
import { lookForSilence } from './look-for-silence.ts';
import { lockPipeline } from './stage-board.store.ts';
import { holdStages } from './stages.store.ts';
import { stageMoves, stages } from './stages.table.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: afternoonClock() });
  await openConsole(app);
});
afterAll(() => app.close());

const ask: ReturnType<typeof asking> = (...args) => asking(app)(...args);
const board = async (who = 'shen') => (await ask(who, 'GET', '/stages')).json();
const settled = async () => {
  while ((await settleList(app.deps)) > 0);
};
const stageOf = async (externalUserId: string) => {
  const [row] = await app.deps.db.select().from(customers).where(eq(customers.externalUserId, externalUserId));
  return row?.stageId ?? null;
};
const movesByRules = async () =>
  (await app.deps.db.select().from(stageMoves)).filter((move) => move.why.startsWith('rule:')).map((move) => move.externalUserId);
const saveRule = (rule: object, ruleId = uuidv7()) =>
  ask('shen', 'PUT', `/stage-rules/${ruleId}`, { fromStageIds: [], enabled: true, ...rule });

test('the board counts whom this person sees', async () => {
  expect(await board()).toMatchObject({
    outside: 2,
    stages: [{ name: '潜在客户', customers: 0 }, { name: '意向客户', customers: 1 }, { customers: 0 }],
  });
  expect(await board('jia')).toMatchObject({ outside: 2, stages: [{ customers: 0 }, { customers: 0 }, { customers: 0 }] });
});

test('a stage is added at the end, renamed and put elsewhere; a name that is taken is told beside the field', async () => {
  const added = (await ask('shen', 'POST', '/stages', { name: ' 沉睡 ', kind: 'open', colour: 'ochre' })).json();
  const { stageId } = added.stages.at(-1);
  expect(added.stages.at(-1)).toMatchObject({ name: '沉睡', colour: 'ochre', customers: 0 });
  expect((await ask('shen', 'POST', '/stages', { name: '沉睡', kind: 'lost', colour: 'grey' })).json().error).toMatchObject({
    code: 'stage.name_taken',
    details: { field: 'name' },
  });
  await ask('shen', 'PUT', `/stages/${stageId}`, { name: '沉睡客户' });
  const recoloured = (await ask('shen', 'PUT', `/stages/${stageId}`, { colour: 'rose' })).json();
  expect(recoloured.stages.at(-1)).toMatchObject({ name: '沉睡客户', kind: 'open', colour: 'rose' });
  const ordered = (await ask('shen', 'PUT', '/stages/order', { stageIds: [stageId, 'lead', 'warm', 'won'] })).json();
  expect(ordered.stages.map((stage: { name: string }) => stage.name)).toEqual(['沉睡客户', '潜在客户', '意向客户', '首购']);
  expect((await ask('shen', 'PUT', '/stages/order', { stageIds: ['lead', 'warm'] })).json().error.code).toBe('stage.changed');
  expect((await ask('lu', 'POST', '/stages', { name: '新', kind: 'open', colour: 'grey' })).statusCode).toBe(403);
  expect((await app.app.inject({ url: '/api/sidebar/stages', headers: app.cookieOf('zhou') })).json().stages.length).toBe(4);
});

test('two who make a stage of one name at the same moment make one; the second reads that it is there', async () => {
  const make = () => ask('shen', 'POST', '/stages', { name: '老会员', kind: 'open', colour: 'grey' });
  const answers = await Promise.all([make(), make(), make()]);
  expect(answers.map((answer) => answer.statusCode).toSorted()).toEqual([200, 409, 409]);
  const { stages } = await board();
  const made = stages.filter((stage: { name: string }) => stage.name === '老会员');
  expect(made.length).toBe(1);
  await ask('shen', 'POST', `/stages/${made[0].stageId}/retire`, { moveTo: null });
});

test('a rule says beforehand how many it moves, moves them with why, and once only', async () => {
  const ruleId = uuidv7();
  const rule = { when: { kind: 'tag', tagId: 'vip' }, fromStageIds: [], toStageId: 'warm', enabled: true };
  expect((await ask('shen', 'POST', '/stage-rules/preview', { ...rule, ruleId })).json()).toEqual({ moves: 1 });
  expect((await saveRule(rule, ruleId)).statusCode).toBe(200);
  await settled();
  expect(await stageOf('wmWang')).toBe('warm');
  const [move] = await app.deps.db.select().from(stageMoves).where(eq(stageMoves.externalUserId, 'wmWang'));
  expect(move).toMatchObject({ fromStageId: null, toStageId: 'warm', staffUserId: null, why: `rule:${ruleId}` });
  // By hand elsewhere: the same tag does not bring her back, whatever else happens to her.
  await ask('shen', 'PUT', '/customers/wmWang/stage', { stageId: 'lead' });
  await app.deps.db.update(customers).set({ name: '王女士' }).where(eq(customers.externalUserId, 'wmWang'));
  await settled();
  expect([await stageOf('wmWang'), (await movesByRules()).length]).toEqual(['lead', 1]);
  // The tag taken and given again is a new reason.
  await app.deps.db.update(follows).set({ tagIds: [] }).where(eq(follows.externalUserId, 'wmWang'));
  await settled();
  await app.deps.db
    .update(follows)
    .set({ tagIds: ['vip'] })
    .where(eq(follows.externalUserId, 'wmWang'));
  await settled();
  expect(await stageOf('wmWang')).toBe('warm');
  expect((await board()).rules).toMatchObject([{ ruleId, moved30d: 1 }]);
});

test('an order moves her when it arrives, and only from where the rule takes her', async () => {
  await saveRule({ when: { kind: 'order' }, fromStageIds: ['warm'], toStageId: 'won' });
  const { db, config, clock } = app.deps;
  const order = (externalUserId: string) => ({
    corpId: config.wecom.corpId,
    externalUserId,
    orderId: 'o1',
    items: [{ name: '精华', quantity: 1 }],
    amount: 100,
    orderedAt: clock.now(),
  });
  await db.insert(orders).values([order('wmLin'), order('wmChen')]);
  await settled();
  expect([await stageOf('wmLin'), await stageOf('wmChen')]).toEqual(['won', null]);
});

test('silence moves her on its day and not before; a look every ten minutes is harmless', async () => {
  const { db, clock } = app.deps;
  const daysAgo = (days: number) => new Date(clock.now().getTime() - days * 86_400_000);
  await db
    .update(customers)
    .set({ stageId: 'lead', stageEnteredAt: daysAgo(39), lastEngagedAt: daysAgo(39) })
    .where(eq(customers.externalUserId, 'wmChen'));
  await settled();
  const [asleep] = (await board()).stages;
  await saveRule({ when: { kind: 'silence', days: 40 }, fromStageIds: ['lead'], toStageId: asleep.stageId });
  await settled();
  expect(await stageOf('wmChen')).toBe('lead');
  app.clock.advance(86_400_000);
  const before = (await movesByRules()).length;
  for (let look = 0; look < 3; look += 1) {
    await lookForSilence(app.deps);
    await settled();
  }
  expect([await stageOf('wmChen'), (await movesByRules()).length]).toEqual([asleep.stageId, before + 1]);
});

test('of whom no sign of life is known, since an administrator assigned her, the silence began with the relation', async () => {
  const { db, clock } = app.deps;
  const daysAgo = (days: number) => new Date(clock.now().getTime() - days * 86_400_000);
  const chen = eq(customers.externalUserId, 'wmChen');
  await db.update(customers).set({ stageId: 'warm', stageEnteredAt: null, lastEngagedAt: null }).where(chen);
  await db
    .update(follows)
    .set({ followedAt: daysAgo(59) })
    .where(eq(follows.externalUserId, 'wmChen'));
  await settled();
  const [asleep] = (await board()).stages;
  await saveRule({ when: { kind: 'silence', days: 60 }, fromStageIds: ['warm'], toStageId: asleep.stageId });
  await settled();
  expect(await stageOf('wmChen')).toBe('warm');
  app.clock.advance(86_400_000);
  await lookForSilence(app.deps);
  await settled();
  expect(await stageOf('wmChen')).toBe(asleep.stageId);
});

test('of two admins who change one rule the second is told what the first made of it, and may then overwrite it', async () => {
  const ruleId = uuidv7();
  const first = { when: { kind: 'order' }, fromStageIds: ['lead'], toStageId: 'won', enabled: false };
  const second = { ...first, fromStageIds: ['warm'] };
  expect((await saveRule({ ...first, was: null }, ruleId)).statusCode).toBe(200);
  expect((await saveRule({ ...second, was: first }, ruleId)).statusCode).toBe(200);
  const late = await saveRule({ ...first, toStageId: 'warm', was: first }, ruleId);
  expect([late.statusCode, late.json().error]).toMatchObject([409, { code: 'stage_rule.changed', details: { rule: second } }]);
  expect((await saveRule({ ...first, toStageId: 'warm', was: second }, ruleId)).statusCode).toBe(200);
  await ask('shen', 'DELETE', `/stage-rules/${ruleId}`);
  // What was deleted does not come back by being switched on.
  const gone = await saveRule({ ...second, enabled: true, was: second }, ruleId);
  expect(gone.json().error).toMatchObject({ code: 'stage_rule.changed', details: { rule: null } });
  const order = await ask('shen', 'PUT', '/stage-rules/order', { ruleIds: [ruleId] });
  expect(order.json().error.code).toBe('stage_rule.changed');
});

test('a rule that names what is gone can still be switched off, and be changed in what else it says', async () => {
  const { stages } = (await ask('shen', 'POST', '/stages', { name: '要撤的', kind: 'open', colour: 'grey' })).json();
  const { stageId } = stages.at(-1);
  const ruleId = uuidv7();
  const rule = { when: { kind: 'silence', days: 400 }, fromStageIds: [stageId, 'lead'], toStageId: 'won', enabled: true };
  expect((await saveRule(rule, ruleId)).statusCode).toBe(200);
  await ask('shen', 'POST', `/stages/${stageId}/retire`, { moveTo: null });
  expect((await saveRule({ ...rule, enabled: false }, ruleId)).statusCode).toBe(200);
  expect((await saveRule({ ...rule, when: { kind: 'silence', days: 500 } }, ruleId)).statusCode).toBe(200);
  expect((await saveRule({ ...rule, fromStageIds: [stageId] })).json().error.code).toBe('stage.not_found');
  await ask('shen', 'DELETE', `/stage-rules/${ruleId}`);
});

test('rules keep their order; one that names nothing that exists is refused; one that is deleted moves nobody', async () => {
  const { rules } = await board();
  const reversed = rules.map((rule: { ruleId: string }) => rule.ruleId).toReversed();
  const answer = await ask('shen', 'PUT', '/stage-rules/order', { ruleIds: reversed });
  expect(answer.json().rules.map((rule: { ruleId: string }) => rule.ruleId)).toEqual(reversed);
  expect((await saveRule({ when: { kind: 'tag', tagId: 'gone' }, toStageId: 'won' })).json().error.code).toBe('tag.not_found');
  expect((await saveRule({ when: { kind: 'order' }, toStageId: 'gone' })).json().error.code).toBe('stage.not_found');
  for (const ruleId of reversed) await ask('shen', 'DELETE', `/stage-rules/${ruleId}`);
  expect((await board()).rules).toEqual([]);
  expect((await ask('shen', 'DELETE', `/stage-rules/${reversed[0]}`)).statusCode).toBe(404);
});

test('a stage that is retired sends its customers on, stops the rules that lead there, and is offered nowhere', async () => {
  await saveRule({ when: { kind: 'order' }, toStageId: 'won' });
  await ask('shen', 'PUT', '/customers/wmLin/stage', { stageId: 'won' });
  const answer = await ask('shen', 'POST', '/stages/won/retire', { moveTo: 'warm' });
  expect(answer.json().stages.map((stage: { stageId: string }) => stage.stageId)).not.toContain('won');
  expect(answer.json().rules).toMatchObject([{ enabled: false }]);
  while ((await workBulk(app.deps)) > 0);
  expect(await stageOf('wmLin')).toBe('warm');
  expect((await ask('shen', 'PUT', '/customers/wmLin/stage', { stageId: 'won' })).json().error.code).toBe('stage.not_found');
  expect((await ask('shen', 'POST', '/stages/lead/retire', { moveTo: 'lead' })).statusCode).toBe(404);
});

/** True when so many wait for somebody's lock, or when what is waited for is over already. */
async function waiting(many: number, over: () => boolean = () => false): Promise<boolean> {
  const { rows } = await app.deps.db.execute<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return over() || (rows[0]?.n ?? 0) >= many;
}

test('whom a rule is just moving into a stage goes on with the others when it is retired', async () => {
  const { db, config, clock } = app.deps;
  const { stages: now } = (await ask('shen', 'POST', '/stages', { name: '复购', kind: 'open', colour: 'grey' })).json();
  const { stageId } = now.at(-1);
  await saveRule({ when: { kind: 'tag', tagId: '618' }, toStageId: stageId });
  await settled();
  let over = false;
  const retiring = await db.transaction(async (tx) => {
    await tx
      .update(follows)
      .set({ tagIds: ['618'] })
      .where(eq(follows.externalUserId, 'wmWang'));
    await applyStageRules(tx, { corpId: config.wecom.corpId, externalUserIds: ['wmWang'], now: clock.now(), timeZone: 'Asia/Shanghai' });
    const retired = ask('shen', 'POST', `/stages/${stageId}/retire`, { moveTo: 'lead' }).finally(() => (over = true));
    await eventually(() => waiting(1, () => over));
    return { retired };
  });
  expect((await retiring.retired).statusCode).toBe(200);
  while ((await workBulk(app.deps)) > 0);
  expect(await stageOf('wmWang')).toBe('lead');
});

test('whoever moves somebody and whoever edits the pipeline never wait for each other in a ring, however the stages are ordered', async () => {
  const { db } = app.deps;
  const ids = (await board()).stages.map((stage: { stageId: string }) => stage.stageId).toSorted();
  await ask('shen', 'PUT', '/stages/order', { stageIds: ids.toReversed() });
  const { moving, editing } = await db.transaction(async (tx) => {
    await tx.select().from(stages).where(eq(stages.stageId, ids[0])).for('update');
    const held = { moving: db.transaction((other) => holdStages(other)) };
    await eventually(() => waiting(1));
    const locked = { ...held, editing: db.transaction((other) => lockPipeline(other)) };
    await eventually(() => waiting(2));
    return locked;
  });
  const both = await Promise.allSettled([moving, editing]);
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
});
