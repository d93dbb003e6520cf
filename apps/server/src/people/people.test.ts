import type { PeoplePage, RoleRuleList, StoreList } from '@nextline/contract';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../audit/audit.table.ts';
import { staff, stores as storesTable } from '../identity/identity.table.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { syncDepartments, syncStaff } from '../wecom-sync/sync-staff.ts';
import { whyNoCustomers } from './why-no-customers.ts';

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp({ wecom: 'simulator' });
  await syncStaff(world.deps);
});
afterAll(() => world.close());

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';
const ask = (who: string, method: Method, path: string, payload?: object) =>
  world.app.inject({ method, url: `/api/admin/${path}`, headers: world.cookieOf(who), ...(payload && { payload }) });
const outcome = async (who: string, method: Method, path: string, payload?: object) => {
  const answer = await ask(who, method, path, payload);
  return answer.statusCode < 300 ? answer.statusCode : `${answer.statusCode} ${answer.json<{ error: { code: string } }>().error.code}`;
};
const people = async (query = '', who = 'shenqiao') => (await ask(who, 'GET', `people?limit=200&${query}`)).json<PeoplePage>();
const personOf = async (userId: string) => (await people(`q=${userId}`)).people.find((one) => one.userId === userId);
const rules = async () => (await ask('shenqiao', 'GET', 'role-rules')).json<RoleRuleList>().rules;
const permissions = async () => (await ask('luyiming', 'GET', 'me')).json<{ permissions: string[] }>().permissions;
const why = (somebody: object, sync: object = {}) =>
  whyNoCustomers({ userId: 'a', left: false, followsCustomers: true, ...somebody }, { finished: true, reasons: {}, ...sync }, 'zh-CN');
const stores = async () => (await ask('shenqiao', 'GET', 'stores')).json<StoreList>().stores;

test('everybody is listed once, page by page, with the store, the role and why there are no customers', async () => {
  const all = await people();
  expect(all.total).toBe(33);
  const seen: string[] = [];
  for (let cursor = '', pages = 0; pages < 10; pages += 1) {
    const page = (await ask('shenqiao', 'GET', `people?limit=7${cursor}`)).json<PeoplePage>();
    seen.push(...page.people.map((one) => one.userId));
    if (page.nextCursor === null) break;
    cursor = `&cursor=${page.nextCursor}`;
  }
  expect(seen).toEqual(all.people.map((one) => one.userId));
  expect(await personOf('shenqiao')).toMatchObject({ role: 'admin', roleByHand: false, store: null });
  expect(await personOf('luyiming')).toMatchObject({ role: 'operator' });
  expect(await personOf('zhouyining')).toMatchObject({
    role: 'guide',
    store: { name: '南京西路店' },
    withoutCustomers: { because: 'not_read_yet' },
  });
});

test('a store manager sees the own store and no other, and changes nothing', async () => {
  const own = await people('', 'lujiaming');
  expect(new Set(own.people.map((one) => one.store?.name))).toEqual(new Set(['南京西路店']));
  const other = (await personOf('qianduo'))?.store?.storeId ?? '';
  expect((await people(`storeId=${other}`, 'lujiaming')).people).toEqual([]);
  expect((await ask('lujiaming', 'GET', 'stores')).json<StoreList>().stores).toHaveLength(1);
  expect(await outcome('lujiaming', 'PUT', 'people/zhouyining', { role: 'manager' })).toBe('403 session.forbidden');
  expect(await outcome('luyiming', 'PUT', 'people/zhouyining', { role: 'admin' })).toBe('403 session.forbidden');
  expect(await outcome('zhouyining', 'GET', 'people')).toBe('403 session.forbidden');
});

test('a role and a store that are set by hand survive the next sync; given back, WeCom decides again', async () => {
  const elsewhere = (await personOf('qianduo'))?.store?.storeId ?? '';
  expect(await outcome('shenqiao', 'PUT', 'people/zhouyining', { role: 'auditor', store: { storeId: elsewhere } })).toBe(204);
  await syncStaff(world.deps);
  expect(await personOf('zhouyining')).toMatchObject({
    role: 'auditor',
    roleByHand: true,
    store: { storeId: elsewhere },
    storeByHand: true,
  });
  expect(await outcome('shenqiao', 'PUT', 'people/zhouyining', { role: 'as_wecom', store: 'as_wecom' })).toBe(204);
  expect(await personOf('zhouyining')).toMatchObject({
    role: 'guide',
    roleByHand: false,
    store: { name: '南京西路店' },
    storeByHand: false,
  });
});

test('an open session follows a change of role at once here, and within 60 s where another process serves it', async () => {
  expect(await outcome('xuanqi', 'GET', 'people')).toBe('403 session.forbidden');
  await ask('shenqiao', 'PUT', 'people/xuanqi', { role: 'operator' });
  expect(await outcome('xuanqi', 'GET', 'people')).toBe(200);
  // As another process would have done it.
  await world.deps.db.update(staff).set({ role: 'guide' }).where(eq(staff.staffUserId, 'xuanqi'));
  world.clock.advance(59_000);
  expect(await outcome('xuanqi', 'GET', 'people')).toBe('403 session.forbidden');
});

test('the last admin stays one, also when two take the role from each other at once', async () => {
  expect(await outcome('shenqiao', 'PUT', 'people/shenqiao', { role: 'guide' })).toBe('409 person.last_admin');
  expect(await outcome('shenqiao', 'PUT', 'people/shenqiao', { role: 'as_wecom' })).toBe('409 person.last_admin');
  expect(await outcome('shenqiao', 'PUT', 'people/luyiming', { role: 'admin' })).toBe(204);
  const both = await Promise.all([
    outcome('shenqiao', 'PUT', 'people/luyiming', { role: 'operator' }),
    outcome('luyiming', 'PUT', 'people/shenqiao', { role: 'operator' }),
  ]);
  expect(both.filter((one) => one === 204)).toHaveLength(1);
  const admins = (await world.deps.db.select({ id: staff.staffUserId }).from(staff).where(eq(staff.role, 'admin'))).map((one) => one.id);
  expect(admins).toHaveLength(1);
  await ask(admins[0] ?? '', 'PUT', 'people/shenqiao', { role: 'admin' });
  await ask('shenqiao', 'PUT', 'people/luyiming', { role: 'operator' });
});

test('stores: one made here, renamed, in use, removed; one of WeCom renamed by hand and given back', async () => {
  const made = (await ask('shenqiao', 'POST', 'stores', { name: ' 云店 ', region: null })).json<{ storeId: string }>();
  expect(await outcome('shenqiao', 'POST', 'stores', { name: '云店', region: null })).toBe('409 store.exists');
  expect(await outcome('shenqiao', 'POST', 'stores', { name: '  ', region: null })).toBe('400 request.invalid');
  // Two admins, each with another field: neither takes back what the other did.
  await ask('shenqiao', 'PUT', `stores/${made.storeId}`, { region: '线上' });
  expect(await outcome('shenqiao', 'PUT', `stores/${made.storeId}`, { name: '云店二' })).toBe(204);
  expect((await stores()).find((one) => one.storeId === made.storeId)).toMatchObject({ name: '云店二', region: '线上' });
  await ask('shenqiao', 'PUT', 'people/fangmeng', { store: { storeId: made.storeId } });
  expect(await outcome('shenqiao', 'DELETE', `stores/${made.storeId}`)).toBe('409 store.in_use');
  await ask('shenqiao', 'PUT', 'people/fangmeng', { store: 'as_wecom' });
  expect(await outcome('shenqiao', 'DELETE', `stores/${made.storeId}`)).toBe(204);
  expect(await outcome('shenqiao', 'PUT', `stores/${made.storeId}`, { name: '云店', region: null })).toBe('404 store.not_found');
  expect(await outcome('shenqiao', 'PUT', 'people/fangmeng', { store: { storeId: made.storeId } })).toBe('404 store.not_found');
  expect(await outcome('shenqiao', 'PUT', 'people/nobody', { role: 'admin' })).toBe('404 person.not_found');

  const ofWeCom = (await stores()).find((one) => one.name === '南京西路店');
  const url = `stores/${ofWeCom?.storeId ?? ''}`;
  expect(await outcome('shenqiao', 'DELETE', url)).toBe('409 store.in_use');
  expect(await outcome('shenqiao', 'PUT', url, { name: '南西旗舰店', region: '上海' })).toBe(204);
  await syncDepartments(world.deps);
  expect((await stores()).find((one) => one.storeId === ofWeCom?.storeId)).toMatchObject({
    name: '南西旗舰店',
    region: '上海',
    byHand: true,
  });
  expect(await outcome('shenqiao', 'PUT', url, { asWeCom: true })).toBe(204);
  expect((await stores()).find((one) => one.storeId === ofWeCom?.storeId)).toEqual(ofWeCom);
});

test('a store says how many people it has, and no others', async () => {
  const { people: everybody } = await people('');
  const all = await stores();
  expect(all.length).toBeGreaterThan(1);
  for (const { storeId, people: many } of all)
    expect([storeId, many]).toEqual([storeId, everybody.filter((person) => person.store?.storeId === storeId).length]);
});

test('a store whose department WeCom has deleted is removed here', async () => {
  const { config, db } = world.deps;
  const gone = { corpId: config.wecom.corpId, storeId: 'gone', name: '撤了的店', departmentId: '4711', byHand: false };
  await db.insert(storesTable).values(gone);
  expect((await stores()).find((one) => one.storeId === 'gone')?.departmentId).toBeNull();
  expect(await outcome('shenqiao', 'DELETE', 'stores/gone')).toBe(204);
});

test('whether a role sees mobile numbers in full is a rule, and shows within half a minute', async () => {
  expect((await rules()).filter((rule) => rule.seesMobiles).map((rule) => rule.role)).toEqual(['admin']);
  expect(await permissions()).not.toContain('customers.mobiles');
  expect(await outcome('luyiming', 'PUT', 'role-rules/operator', { seesMobiles: true })).toBe('403 session.forbidden');
  expect(await outcome('shenqiao', 'PUT', 'role-rules/operator', { seesMobiles: true })).toBe(204);
  world.clock.advance(31_000);
  expect(await permissions()).toContain('customers.mobiles');
  expect((await rules()).filter((rule) => rule.seesMobiles).map((rule) => rule.role)).toEqual(['operator', 'admin']);
});

test('each of these changes is in the audit log, with what was before', async () => {
  const rows = await world.deps.db
    .select({ action: auditLog.action, id: auditLog.subjectId, detail: auditLog.detail })
    .from(auditLog)
    .orderBy(asc(auditLog.entryId));
  expect(rows).toContainEqual({ action: 'person.role', id: 'zhouyining', detail: { from: 'guide', to: 'auditor' } });
  expect(rows).toContainEqual({ action: 'role.mobiles', id: 'operator', detail: { seesMobiles: true } });
  for (const action of ['person.store', 'store.create', 'store.change', 'store.delete', 'store.as_wecom'])
    expect(rows.map((row) => row.action)).toContain(action);
});

test('why somebody has no customers, in the order in which one looks for it', () => {
  expect(why({ left: true, followsCustomers: false })).toEqual({ because: 'left', said: null });
  expect(why({ followsCustomers: false })).toEqual({ because: 'not_allowed', said: null });
  expect(why({}, { reasons: { a: { code: 'unlicensed' } } })).toEqual({ because: 'refused', said: '没有接口许可' });
  expect(why({}, { finished: false })).toEqual({ because: 'not_read_yet', said: null });
  expect(why({}, { finished: false, reasons: { a: { code: 'none_yet' } } })).toEqual({ because: 'none_yet', said: null });
  expect(why({})).toEqual({ because: 'none_yet', said: null });
});
