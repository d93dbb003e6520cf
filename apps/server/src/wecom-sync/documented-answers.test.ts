/**
 * What WeCom's documentation prints as answers and events, word for word, through client, sync and callback into the store. Its examples were never one corp: they name
 * staff who are in no department and customers of nobody's, which is what real answers look like from an app that may see only a part.
 */
import { wecomPaths } from '@nextline/wecom';
import {
  contact,
  departments as documentedDepartments,
  followUsers,
  pageOfCustomers,
  rocky,
  tagGroup,
  tagsOfRocky,
  tommy,
  zhangsan,
} from '@nextline/wecom/documented-answers';
import { documented, type Loopback, ok } from '@nextline/wecom/loopback-wecom';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { customers, follows } from '../customers/customers.table.ts';
import { departments, staff } from '../identity/identity.table.ts';
import { tagGroups, tags } from '../tags/tags.table.ts';
import { eventually, startTestApp, type TestApp } from '../test-app.ts';
import { postCallback } from '../test-callbacks.ts';
import { documentedEvents, documentedPair, documentedXml } from '../wecom-callback/documented-events.test-data.ts';
import { callbackInbox } from '../wecom-callback/wecom-callback.table.ts';
import { fullSync } from './full-sync.ts';

/** Of the documented event: somebody else's example of a customer than the answer's. */
const ofTheEvent = {
  external_contact: { ...contact, external_userid: documentedPair.externalUserId },
  follow_user: [{ ...rocky, userid: documentedPair.staffUserId, tags: tagsOfRocky }],
};

let wecom: Loopback;
let world: TestApp;
beforeAll(async () => {
  wecom = await documented({
    // An answer that names something twice is no reason to know nothing.
    [wecomPaths.departments]: { ...ok, department: [...documentedDepartments, ...documentedDepartments] },
    [wecomPaths.followUsers]: { ...ok, follow_user: followUsers },
    [wecomPaths.usersOfDepartment]: { ...ok, userlist: [zhangsan] },
    [wecomPaths.user]: [
      { ...ok, ...zhangsan, userid: 'lissi', name: '李斯' },
      { ...ok, ...zhangsan },
    ],
    [wecomPaths.corpTags]: { ...ok, tag_group: [tagGroup, tagGroup] },
    [wecomPaths.customersOfUsers]: [pageOfCustomers, { ...ok, external_contact_list: [], next_cursor: '' }],
    [wecomPaths.customer]: [
      { ...ok, external_contact: contact, follow_user: [{ ...rocky, tags: tagsOfRocky }], next_cursor: 'NEXT_CURSOR' },
      { ...ok, external_contact: contact, follow_user: [tommy] },
      { ...ok, ...ofTheEvent },
    ],
  });
  world = await startTestApp({ settings: { apiUrl: wecom.url, corpId: 'wwCORP' } });
});
afterAll(async () => {
  await world.close();
  await wecom.close();
});

test('a full sync stores what the documented answers say', async () => {
  expect(await fullSync(world.deps, new AbortController().signal)).toBe('done');
  const { db } = world.deps;
  expect(await db.select().from(departments).orderBy(asc(departments.departmentId))).toMatchObject([
    { departmentId: '2', parentId: '1', name: '广州研发中心' },
    { departmentId: '3', parentId: '2', name: '邮箱产品部' },
  ]);
  expect(await db.select().from(staff).orderBy(asc(staff.staffUserId))).toMatchObject([
    { staffUserId: 'lissi', name: '李斯', followsCustomers: true },
    { staffUserId: 'zhangsan', name: '张三', position: '后台工程师', followsCustomers: true },
  ]);
  expect(await db.select().from(tagGroups)).toMatchObject([{ groupId: 'TAG_GROUPID1', name: 'GOURP_NAME' }]);
  // A tag that is marked as deleted is not one to choose.
  expect(await db.select().from(tags)).toMatchObject([{ tagId: 'TAG_ID1', name: 'NAME1' }]);
  expect(await db.select().from(customers).orderBy(asc(customers.externalUserId))).toMatchObject([
    { externalUserId: contact.external_userid, name: '李四', type: 'wecom', gender: 'male', unionId: contact.unionid, corpName: '腾讯' },
    { externalUserId: 'woAJ2GCAAAXtWyujaWJHDDGi0mACHBBB', name: '王五', type: 'wechat', gender: 'female', unionId: null },
  ]);
  expect(await db.select().from(follows).orderBy(asc(follows.staffUserId))).toMatchObject([
    {
      staffUserId: 'rocky',
      remark: '李部长',
      description: '对接采购事务',
      mobiles: ['13800000001', '13000000002'],
      tagIds: ['etAJ2GCAAAXtWyujaWJHDDGi0mACHAAA'],
      addWay: 10,
      followedAt: new Date(1525779812000),
    },
    { staffUserId: 'tommy', state: '外联二维码1', addWay: 3, followedAt: new Date(1525881637000) },
  ]);
});

test('the documented customer, asked for because of an event and spread over two pages, is stored with both relations', async () => {
  world.startWorkers();
  const { db, config } = world.deps;
  const edited = documentedEvents.find(({ changeType }) => changeType === 'edit_external_contact');
  if (!edited) throw new Error('no such event');
  const about = {
    ...edited,
    rest: edited.rest.replace(documentedPair.externalUserId, contact.external_userid).replace('zhangsan', 'rocky'),
  };
  expect((await postCallback(world, documentedXml(config.wecom.corpId, about, 0))).statusCode).toBe(200);
  const rows = await eventually(async () => {
    const found = await db
      .select()
      .from(follows)
      .where(eq(follows.externalUserId, contact.external_userid))
      .orderBy(asc(follows.staffUserId));
    return found.length === 2 && found;
  });
  expect(rows).toMatchObject([
    { staffUserId: 'rocky', tagIds: ['etAJ2GCAAAXtWyujaWJHDDGi0mACHAAA', 'stAJ2GCAAAXtWyujaWJHDDGi0mACHAAA'] },
    { staffUserId: 'tommy', tagIds: [], remark: '李总' },
  ]);
});

test('every documented event is applied, or kept where nothing of ours depends on it; none is given up', async () => {
  const { db, config } = world.deps;
  for (const [nth, one] of documentedEvents.entries())
    expect((await postCallback(world, documentedXml(config.wecom.corpId, one, nth + 1))).statusCode).toBe(200);
  const settled = await eventually(async () => {
    const rows = await db.select().from(callbackInbox);
    return rows.every(({ status }) => status !== 'waiting') && new Map(rows.map((row) => [row.xml, row.status]));
  }, 15_000);
  const became = documentedEvents.map((one, nth) => ({
    what: `${one.event} ${one.changeType}`,
    status: settled.get(documentedXml(config.wecom.corpId, one, nth + 1)),
  }));
  expect(became).toEqual(documentedEvents.map(({ event, changeType, settled: status }) => ({ what: `${event} ${changeType}`, status })));
});
