/**
 * What WeCom's documentation prints as answers and events, word for word, through client, sync and callback into the store. Its examples were never one corp: they name
 * staff who are in no department and customers of nobody's, which is what real answers look like from an app that may see only a part.
 */
import { wecomPaths } from '@nextline/wecom';
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

const contact = {
  external_userid: 'woAJ2GCAAAXtWyujaWJHDDGi0mACHAAA',
  name: '李四',
  position: 'Manager',
  avatar: 'http://p.qlogo.cn/bizmail/IcsdgagqefergqerhewSdage/0',
  corp_name: '腾讯',
  corp_full_name: '腾讯科技有限公司',
  type: 2,
  gender: 1,
  unionid: 'ozynqsulJFCZ2z1aYeS8h-nuasdAAA',
  external_profile: {
    external_attr: [
      { type: 0, name: '文本名称', text: { value: '文本' } },
      { type: 1, name: '网页名称', web: { url: 'http://www.test.com', title: '标题' } },
      { type: 2, name: '测试app', miniprogram: { appid: 'wx8bd80126147df384', pagepath: '/index', title: 'my miniprogram' } },
    ],
  },
};
const rocky = {
  userid: 'rocky',
  remark: '李部长',
  description: '对接采购事务',
  createtime: 1525779812,
  remark_corp_name: '腾讯科技',
  remark_mobiles: ['13800000001', '13000000002'],
  oper_userid: 'rocky',
  add_way: 10,
  wechat_channels: { nickname: '视频号名称', source: 1 },
};
const tommy = {
  userid: 'tommy',
  remark: '李总',
  description: '采购问题咨询',
  createtime: 1525881637,
  state: '外联二维码1',
  oper_userid: 'woAJ2GCAAAXtWyujaWJHDDGi0mACHAAA',
  add_way: 3,
};
const tagWords = { group_name: '标签分组名称', tag_name: '标签名称' };
const ofRocky = [
  { ...tagWords, tag_id: 'etAJ2GCAAAXtWyujaWJHDDGi0mACHAAA', type: 1 },
  { ...tagWords, type: 2 },
  { ...tagWords, tag_id: 'stAJ2GCAAAXtWyujaWJHDDGi0mACHAAA', type: 3 },
];
const zhangsan = {
  userid: 'zhangsan',
  name: '张三',
  department: [1, 2],
  order: [1, 2],
  position: '后台工程师',
  is_leader_in_dept: [1, 0],
  direct_leader: ['lisi'],
  main_department: 1,
  alias: 'jackzhang',
  status: 1,
  extattr: { attrs: [{ type: 0, name: '文本名称', text: { value: '文本' } }] },
  external_profile: { external_corp_name: '企业简称', external_attr: [] },
};
const page = {
  ...ok,
  external_contact_list: [
    { external_contact: contact, follow_info: { ...rocky, tag_id: ['etAJ2GCAAAXtWyujaWJHDDGi0mACHAAA'] } },
    {
      external_contact: { external_userid: 'woAJ2GCAAAXtWyujaWJHDDGi0mACHBBB', name: '王五', type: 1, gender: 2 },
      follow_info: { ...tommy, tag_id: ['etAJ2GCAAAXtWyujaWJHDDGi0mACHAAA', 'stJHDDGi0mAGi0mACHBBByujaW'] },
    },
  ],
  next_cursor: 'r9FqSqsI8fgNbHLHE5QoCP50UIg2cFQbfma3l2QsmwI',
  fail_info: { unlicensed_userid_list: ['zhangsan'] },
};
/** Of the documented event: somebody else's example of a customer than the answer's. */
const ofTheEvent = {
  external_contact: { ...contact, external_userid: documentedPair.externalUserId },
  follow_user: [{ ...rocky, userid: documentedPair.staffUserId, tags: ofRocky }],
};

let wecom: Loopback;
let world: TestApp;
beforeAll(async () => {
  wecom = await documented({
    [wecomPaths.departments]: {
      ...ok,
      department: [
        { id: 2, name: '广州研发中心', name_en: 'RDGZ', department_leader: ['zhangsan', 'lisi'], parentid: 1, order: 10 },
        { id: 3, name: '邮箱产品部', name_en: 'mail', department_leader: ['lisi', 'wangwu'], parentid: 2, order: 40 },
      ],
    },
    [wecomPaths.followUsers]: { ...ok, follow_user: ['zhangsan', 'lissi'] },
    [wecomPaths.usersOfDepartment]: { ...ok, userlist: [zhangsan] },
    [wecomPaths.user]: [
      { ...ok, ...zhangsan, userid: 'lissi', name: '李斯' },
      { ...ok, ...zhangsan },
    ],
    [wecomPaths.corpTags]: {
      ...ok,
      tag_group: [
        {
          group_id: 'TAG_GROUPID1',
          group_name: 'GOURP_NAME',
          create_time: 1557838797,
          order: 1,
          deleted: false,
          tag: [
            { id: 'TAG_ID1', name: 'NAME1', create_time: 1557838797, order: 1, deleted: false },
            { id: 'TAG_ID2', name: 'NAME2', create_time: 1557838797, order: 2, deleted: true },
          ],
        },
      ],
    },
    [wecomPaths.customersOfUsers]: [page, { ...ok, external_contact_list: [], next_cursor: '' }],
    [wecomPaths.customer]: [
      { ...ok, external_contact: contact, follow_user: [{ ...rocky, tags: ofRocky }], next_cursor: 'NEXT_CURSOR' },
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
