import { expect, test } from 'vitest';
import { contact, pageOfCustomers, rocky, tagsOfRocky, tommy } from './documented-answers.test-data.ts';
import { bodiesTo, connect, documented, ok } from './loopback-wecom.ts';
import { wecomPaths } from './wire-shapes.ts';

test('the documented customer, spread over two pages of followers, comes back as one', async () => {
  await using loopback = await documented({
    [wecomPaths.customer]: [
      { ...ok, external_contact: contact, follow_user: [{ ...rocky, tags: tagsOfRocky }], next_cursor: 'NEXT_CURSOR' },
      { ...ok, external_contact: contact, follow_user: [tommy] },
    ],
  });
  const { wecom } = connect(loopback);
  const found = await wecom.customer(contact.external_userid);
  expect(found.customer).toEqual({
    externalUserId: 'woAJ2GCAAAXtWyujaWJHDDGi0mACHAAA',
    name: '李四',
    avatarUrl: 'http://p.qlogo.cn/bizmail/IcsdgagqefergqerhewSdage/0',
    type: 'wecom',
    gender: 'male',
    unionId: 'ozynqsulJFCZ2z1aYeS8h-nuasdAAA',
    position: 'Manager',
    corpName: '腾讯',
    corpFullName: '腾讯科技有限公司',
  });
  expect(found.follows).toEqual([
    {
      staffUserId: 'rocky',
      remark: '李部长',
      description: '对接采购事务',
      remarkCorpName: '腾讯科技',
      mobiles: ['13800000001', '13000000002'],
      followedAt: new Date(1525779812000),
      tagIds: ['etAJ2GCAAAXtWyujaWJHDDGi0mACHAAA', 'stAJ2GCAAAXtWyujaWJHDDGi0mACHAAA'],
      tags: [
        { tagId: 'etAJ2GCAAAXtWyujaWJHDDGi0mACHAAA', name: '标签名称', groupName: '标签分组名称', kind: 'corp' },
        { tagId: null, name: '标签名称', groupName: '标签分组名称', kind: 'personal' },
        { tagId: 'stAJ2GCAAAXtWyujaWJHDDGi0mACHAAA', name: '标签名称', groupName: '标签分组名称', kind: 'strategy' },
      ],
      addWay: 10,
      state: null,
      startedBy: 'rocky',
      channels: { nickname: '视频号名称', source: 1 },
    },
    expect.objectContaining({ staffUserId: 'tommy', state: '外联二维码1', tagIds: [], mobiles: [], addWay: 3, channels: null }),
  ]);
  const queries = loopback.asked.slice(1).map(({ query }) => query);
  expect(queries).toEqual([
    { access_token: 'token-1', external_userid: contact.external_userid },
    { access_token: 'token-1', external_userid: contact.external_userid, cursor: 'NEXT_CURSOR' },
  ]);
});

test('a server that names the same cursor again does not hold the client for ever', async () => {
  await using loopback = await documented({
    [wecomPaths.customer]: { ...ok, external_contact: contact, follow_user: [tommy], next_cursor: 'SAME' },
  });
  const { wecom } = connect(loopback);
  expect((await wecom.customer(contact.external_userid)).follows).toHaveLength(2);
});

test('a yes without the customer or without the list of followers is no answer: it would say that nobody follows her', async () => {
  for (const said of [
    ok,
    { ...ok, external_contact: contact },
    { ...ok, external_contact: contact, follow_user: null },
    { ...ok, follow_user: [tommy] },
  ]) {
    await using loopback = await documented({ [wecomPaths.customer]: said });
    const { wecom } = connect(loopback);
    await expect(wecom.customer(contact.external_userid)).rejects.toMatchObject({ errcode: null, kind: 'transient' });
  }
});

test('a page that names the cursor it was asked with fails: whoever reads to the end would read it for ever', async () => {
  await using loopback = await documented({ [wecomPaths.customersOfUsers]: { ...pageOfCustomers, next_cursor: 'SAME' } });
  const { wecom } = connect(loopback);
  expect(await wecom.customersOfStaff({ staffUserIds: ['rocky'] })).toMatchObject({ nextCursor: 'SAME' });
  await expect(wecom.customersOfStaff({ staffUserIds: ['rocky'], cursor: 'SAME' })).rejects.toMatchObject({ kind: 'transient' });
});

test('the documented page of customers of several staff', async () => {
  await using loopback = await documented({ [wecomPaths.customersOfUsers]: pageOfCustomers });
  const { wecom } = connect(loopback);
  const page = await wecom.customersOfStaff({ staffUserIds: ['rocky', 'tommy', 'zhangsan'], cursor: 'C', limit: 50 });
  expect(page.nextCursor).toBe('r9FqSqsI8fgNbHLHE5QoCP50UIg2cFQbfma3l2QsmwI');
  expect(page.unlicensed).toEqual(['zhangsan']);
  expect(page.customers).toMatchObject([
    { customer: { name: '李四', type: 'wecom' }, follow: { staffUserId: 'rocky', tagIds: ['etAJ2GCAAAXtWyujaWJHDDGi0mACHAAA'] } },
    {
      customer: { name: '王五', type: 'wechat', gender: 'female', unionId: null, avatarUrl: null },
      follow: {
        staffUserId: 'tommy',
        tagIds: ['etAJ2GCAAAXtWyujaWJHDDGi0mACHAAA', 'stJHDDGi0mAGi0mACHBBByujaW'],
        state: '外联二维码1',
      },
    },
  ]);
  expect(bodiesTo(loopback, wecomPaths.customersOfUsers)).toEqual([
    { userid_list: ['rocky', 'tommy', 'zhangsan'], cursor: 'C', limit: 50 },
  ]);
});

test('the last page has no next cursor, and nobody having customers is an empty page', async () => {
  const answers = [
    { ...ok, external_contact_list: [], next_cursor: '' },
    { errcode: 84061, errmsg: 'not external contact' },
  ];
  await using loopback = await documented({ [wecomPaths.customersOfUsers]: answers });
  const { wecom } = connect(loopback);
  const empty = { customers: [], nextCursor: null, unlicensed: [] };
  expect(await wecom.customersOfStaff({ staffUserIds: ['rocky'] })).toEqual(empty);
  expect(await wecom.customersOfStaff({ staffUserIds: ['rocky'] })).toEqual(empty);
});

test('staff without any licence are a matter for the administrator', async () => {
  await using loopback = await documented({ [wecomPaths.customersOfUsers]: { errcode: 701008, errmsg: 'no licence' } });
  const { wecom } = connect(loopback);
  await expect(wecom.customersOfStaff({ staffUserIds: ['rocky'] })).rejects.toMatchObject({ kind: 'config', errcode: 701008 });
});

test('the customers of one staff member; none is an empty list', async () => {
  const answers = [{ ...ok, external_userid: ['wm1', 'wm2'] }, { errcode: 84061 }];
  await using loopback = await documented({ [wecomPaths.customerIds]: answers });
  const { wecom } = connect(loopback);
  expect(await wecom.customerIdsOf('rocky')).toEqual(['wm1', 'wm2']);
  expect(await wecom.customerIdsOf('rocky')).toEqual([]);
});

test('missing, empty and odd fields are tolerated; ids stay texts; what Postgres cannot hold is dropped', async () => {
  const raw =
    '{"external_contact":{"external_userid":"0123e4","name":"a\\u0000b\\ud800","avatar":null},"follow_user":[{"userid":90071992547409931234,"createtime":"","add_way":"201","remark_mobiles":[""],"tags":null},null,"x"]}';
  await using loopback = await documented({ [wecomPaths.customer]: { raw } });
  const { wecom } = connect(loopback);
  const found = await wecom.customer('0123e4');
  expect(found.customer).toMatchObject({
    externalUserId: '0123e4',
    name: 'ab\ufffd',
    avatarUrl: null,
    type: 'wechat',
    gender: 'unknown',
  });
  expect(found.follows).toMatchObject([
    { staffUserId: '90071992547409931234', remark: '', followedAt: null, addWay: 201, mobiles: [], tags: [] },
  ]);
});

test('a remark sends only what changes, and clears mobiles as WeCom wants it', async () => {
  await using loopback = await documented({ [wecomPaths.remark]: ok });
  const { wecom } = connect(loopback);
  const whom = { staffUserId: 'rocky', externalUserId: 'wm1' };
  await wecom.setRemark({ ...whom, remark: '林小姐', company: '青禾' });
  await wecom.setRemark({ ...whom, mobiles: [] });
  await wecom.setRemark({ ...whom, mobiles: ['13800000001'], description: '', pictureMediaId: 'M' });
  const sent = { userid: 'rocky', external_userid: 'wm1' };
  expect(bodiesTo(loopback, wecomPaths.remark)).toEqual([
    { ...sent, remark: '林小姐', remark_company: '青禾' },
    { ...sent, remark_mobiles: [''] },
    { ...sent, remark_mobiles: ['13800000001'], description: '', remark_pic_mediaid: 'M' },
  ]);
});
