import { describe, expect, test } from 'vitest';
import { connect, loopbackWeCom, type Answer, type Asked } from './loopback-wecom.ts';
import { wecomPaths } from './wire-shapes.ts';

/** A server that gives the answers of the documentation, by path; the last one of a list repeats. */
const documented = (answers: Record<string, Answer | Answer[]>) =>
  loopbackWeCom((asked, nth) => {
    const said = answers[asked.path] ?? {};
    return Array.isArray(said) ? (said[Math.min(nth, said.length) - 1] ?? {}) : said;
  });
const ok = { errcode: 0, errmsg: 'ok' };
const bodies = (asked: Asked[], path: string): unknown[] => asked.filter((one) => one.path === path).map((one) => JSON.parse(one.body));

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
  external_profile: { external_attr: [{ type: 0, name: '文本名称', text: { value: '文本' } }] },
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

describe('customers', () => {
  test('the documented customer, spread over two pages of followers, comes back as one', async () => {
    const tags = [
      { ...tagWords, tag_id: 'etAJ2GCAAAXtWyujaWJHDDGi0mACHAAA', type: 1 },
      { ...tagWords, type: 2 },
      { ...tagWords, tag_id: 'stAJ2GCAAAXtWyujaWJHDDGi0mACHAAA', type: 3 },
    ];
    await using loopback = await documented({
      [wecomPaths.customer]: [
        { ...ok, external_contact: contact, follow_user: [{ ...rocky, tags }], next_cursor: 'NEXT_CURSOR' },
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

  test('the documented page of customers of several staff', async () => {
    const second = { external_userid: 'woAJ2GCAAAXtWyujaWJHDDGi0mACHBBB', name: '王五', type: 1, gender: 2 };
    await using loopback = await documented({
      [wecomPaths.customersOfUsers]: {
        ...ok,
        external_contact_list: [
          { external_contact: contact, follow_info: { ...rocky, tag_id: ['etAJ2GCAAAXtWyujaWJHDDGi0mACHAAA'] } },
          { external_contact: second, follow_info: { ...tommy, userid: 'lisi', tag_id: ['et1', 'stJHDDGi0mAGi0mACHBBByujaW'] } },
        ],
        next_cursor: 'r9FqSqsI8fgNbHLHE5QoCP50UIg2cFQbfma3l2QsmwI',
        fail_info: { unlicensed_userid_list: ['zhangsan'] },
      },
    });
    const { wecom } = connect(loopback);
    const page = await wecom.customersOfStaff({ staffUserIds: ['rocky', 'lisi', 'zhangsan'], cursor: 'C', limit: 50 });
    expect(page.nextCursor).toBe('r9FqSqsI8fgNbHLHE5QoCP50UIg2cFQbfma3l2QsmwI');
    expect(page.unlicensed).toEqual(['zhangsan']);
    expect(page.customers).toMatchObject([
      { customer: { name: '李四', type: 'wecom' }, follow: { staffUserId: 'rocky', tagIds: ['etAJ2GCAAAXtWyujaWJHDDGi0mACHAAA'] } },
      {
        customer: { name: '王五', type: 'wechat', gender: 'female', unionId: null, avatarUrl: null },
        follow: { staffUserId: 'lisi', tagIds: ['et1', 'stJHDDGi0mAGi0mACHBBByujaW'], state: '外联二维码1' },
      },
    ]);
    expect(bodies(loopback.asked, wecomPaths.customersOfUsers)).toEqual([
      { userid_list: ['rocky', 'lisi', 'zhangsan'], cursor: 'C', limit: 50 },
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
    expect(bodies(loopback.asked, wecomPaths.remark)).toEqual([
      { ...sent, remark: '林小姐', remark_company: '青禾' },
      { ...sent, remark_mobiles: [''] },
      { ...sent, remark_mobiles: ['13800000001'], description: '', remark_pic_mediaid: 'M' },
    ]);
  });
});

describe('staff', () => {
  test('an OAuth code names a staff member, a customer or a stranger', async () => {
    await using loopback = await documented({
      [wecomPaths.userInfo]: [
        { ...ok, userid: 'USERID', user_ticket: 'USER_TICKET' },
        { ...ok, userid: 'USERID' },
        { ...ok, openid: 'OPENID', external_userid: 'EXTERNAL_USERID' },
        { ...ok, openid: 'OPENID' },
        { errcode: 40029, errmsg: 'invalid code' },
      ],
    });
    const { wecom } = connect(loopback);
    expect(await wecom.userInfoByCode('a+b/c=')).toEqual({ kind: 'staff', userId: 'USERID', userTicket: 'USER_TICKET' });
    expect(await wecom.userInfoByCode('c')).toEqual({ kind: 'staff', userId: 'USERID' });
    expect(await wecom.userInfoByCode('c')).toEqual({ kind: 'outsider', openId: 'OPENID', externalUserId: 'EXTERNAL_USERID' });
    expect(await wecom.userInfoByCode('c')).toEqual({ kind: 'outsider', openId: 'OPENID' });
    await expect(wecom.userInfoByCode('c')).rejects.toMatchObject({ kind: 'caller', errcode: 40029 });
    expect(loopback.asked[1]?.query['code']).toBe('a+b/c=');
  });

  const zhangsan = {
    userid: 'zhangsan',
    name: '张三',
    department: [1, 2],
    order: [1, 2],
    position: '后台工程师',
    is_leader_in_dept: [1, 0],
    main_department: 1,
    alias: 'jackzhang',
    status: 1,
  };
  const asOurs = {
    userId: 'zhangsan',
    name: '张三',
    alias: 'jackzhang',
    position: '后台工程师',
    departmentIds: ['1', '2'],
    mainDepartmentId: '1',
    leaderOfDepartmentIds: ['1'],
    status: 'active',
    avatarUrl: null,
  };

  test('a staff member, the members of a department, and their names only', async () => {
    await using loopback = await documented({
      [wecomPaths.user]: { ...ok, ...zhangsan },
      [wecomPaths.usersOfDepartment]: { ...ok, userlist: [zhangsan, { ...zhangsan, userid: '0123e4', status: 5, avatar: 'u' }] },
      [wecomPaths.userNamesOfDepartment]: { ...ok, userlist: [{ userid: 'zhangsan', name: '张三', department: [1, 2], open_userid: 'x' }] },
    });
    const { wecom } = connect(loopback);
    expect(await wecom.staff('zhangsan')).toEqual(asOurs);
    expect(await wecom.staffOfDepartment('1', { deep: true })).toEqual([
      asOurs,
      { ...asOurs, userId: '0123e4', status: 'left', avatarUrl: 'u' },
    ]);
    expect(await wecom.staffNamesOfDepartment('1')).toEqual([{ userId: 'zhangsan', name: '张三', departmentIds: ['1', '2'] }]);
    expect(loopback.asked.slice(1).map(({ query }) => query)).toMatchObject([
      { userid: 'zhangsan' },
      { department_id: '1', fetch_child: '1' },
      { department_id: '1', fetch_child: '0' },
    ]);
  });

  test('departments, and the staff who may have customers', async () => {
    await using loopback = await documented({
      [wecomPaths.departments]: {
        ...ok,
        department: [
          { id: 1, name: '青禾', parentid: 0, order: 100000000 },
          { id: 2, name: '广州研发中心', name_en: 'RDGZ', department_leader: ['zhangsan', 'lisi'], parentid: 1, order: 10 },
        ],
      },
      [wecomPaths.followUsers]: { ...ok, follow_user: ['zhangsan', 'lissi'] },
    });
    const { wecom } = connect(loopback);
    expect(await wecom.departments()).toEqual([
      { departmentId: '1', name: '青禾', parentId: null, order: 100000000, leaderUserIds: [] },
      { departmentId: '2', name: '广州研发中心', parentId: '1', order: 10, leaderUserIds: ['zhangsan', 'lisi'] },
    ]);
    await wecom.departments('2');
    expect(loopback.asked.at(-1)?.query['id']).toBe('2');
    expect(await wecom.followUsers()).toEqual(['zhangsan', 'lissi']);
  });
});

describe('tags', () => {
  const group = {
    group_id: 'TAG_GROUPID1',
    group_name: 'GOURP_NAME',
    create_time: 1557838797,
    order: 1,
    deleted: false,
    tag: [
      { id: 'TAG_ID1', name: 'NAME1', create_time: 1557838797, order: 1, deleted: false },
      { id: 'TAG_ID2', name: 'NAME2', create_time: 1557838797, order: 2, deleted: true },
    ],
  };
  const createdAt = new Date(1557838797000);
  const ours = {
    groupId: 'TAG_GROUPID1',
    name: 'GOURP_NAME',
    order: 1,
    createdAt,
    deleted: false,
    tags: [
      { tagId: 'TAG_ID1', name: 'NAME1', order: 1, createdAt, deleted: false },
      { tagId: 'TAG_ID2', name: 'NAME2', order: 2, createdAt, deleted: true },
    ],
  };

  test('the documented tag list, whole and by id', async () => {
    await using loopback = await documented({ [wecomPaths.corpTags]: { ...ok, tag_group: [group] } });
    const { wecom } = connect(loopback);
    expect(await wecom.corpTags()).toEqual([ours]);
    await wecom.corpTags({ tagIds: ['TAG_ID1'] });
    await wecom.corpTags({ groupIds: ['TAG_GROUPID1'], tagIds: [] });
    expect(bodies(loopback.asked, wecomPaths.corpTags)).toEqual([{}, { tag_id: ['TAG_ID1'] }, { group_id: ['TAG_GROUPID1'] }]);
  });

  test('adding answers the group; editing and deleting say only what is meant', async () => {
    await using loopback = await documented({
      [wecomPaths.addCorpTag]: { ...ok, tag_group: group },
      [wecomPaths.editCorpTag]: ok,
      [wecomPaths.deleteCorpTags]: ok,
    });
    const { wecom } = connect(loopback);
    expect(await wecom.addCorpTag({ groupName: '肤质', order: 9, tags: [{ name: '敏感肌', order: 1 }, { name: '干皮' }] })).toEqual(ours);
    await wecom.addCorpTag({ groupId: 'TAG_GROUPID1', tags: [{ name: '油皮' }] });
    await wecom.editCorpTag({ id: 'TAG_ID1', name: '敏感' });
    await wecom.deleteCorpTags({ tagIds: ['TAG_ID1'] });
    await wecom.deleteCorpTags({});
    expect(bodies(loopback.asked, wecomPaths.addCorpTag)).toEqual([
      { group_name: '肤质', order: 9, tag: [{ name: '敏感肌', order: 1 }, { name: '干皮' }] },
      { group_id: 'TAG_GROUPID1', tag: [{ name: '油皮' }] },
    ]);
    expect(bodies(loopback.asked, wecomPaths.editCorpTag)).toEqual([{ id: 'TAG_ID1', name: '敏感' }]);
    expect(bodies(loopback.asked, wecomPaths.deleteCorpTags)).toEqual([{ tag_id: ['TAG_ID1'] }]);
  });

  test('marking sends what is added and removed, and nothing when there is nothing', async () => {
    await using loopback = await documented({ [wecomPaths.markTags]: ok });
    const { wecom } = connect(loopback);
    const whom = { staffUserId: 'zhangsan', externalUserId: 'wm1' };
    await wecom.markTags({ ...whom, add: ['et1'], remove: ['et2'] });
    await wecom.markTags({ ...whom, add: [], remove: ['et2'] });
    await wecom.markTags({ ...whom, add: [], remove: [] });
    const sent = { userid: 'zhangsan', external_userid: 'wm1' };
    expect(bodies(loopback.asked, wecomPaths.markTags)).toEqual([
      { ...sent, add_tag: ['et1'], remove_tag: ['et2'] },
      { ...sent, remove_tag: ['et2'] },
    ]);
  });
});

describe('what goes out', () => {
  test('a file is uploaded as the field media, with a name that people can read', async () => {
    await using loopback = await documented({
      [wecomPaths.uploadMedia]: { ...ok, type: 'image', media_id: '1G6nrLmr5EC3MMb_', created_at: '1380000000' },
    });
    const { wecom } = connect(loopback);
    const bytes = Buffer.from('not really a picture');
    const uploaded = await wecom.uploadMedia({ kind: 'image', fileName: '新品"试用".png', bytes, contentType: 'image/png' });
    expect(uploaded).toEqual({ mediaId: '1G6nrLmr5EC3MMb_', uploadedAt: new Date(1380000000000) });
    const asked = loopback.asked.at(-1);
    expect(asked).toMatchObject({
      method: 'POST',
      query: { type: 'image' },
      contentType: expect.stringMatching(/^multipart\/form-data; boundary=/),
    });
    expect(asked?.body).toContain('name="media"; filename="新品%22试用%22.png"');
    expect(asked?.body).toContain('Content-Type: image/png');
    expect(asked?.body).toContain('not really a picture');
  });

  test('an upload without a media id or a date is no upload', async () => {
    await using loopback = await documented({ [wecomPaths.uploadMedia]: { ...ok, type: 'image', media_id: 'M' } });
    const { wecom } = connect(loopback);
    const upload = wecom.uploadMedia({ kind: 'file', fileName: 'a.pdf', bytes: new Uint8Array(9), contentType: 'application/pdf' });
    await expect(upload).rejects.toMatchObject({ kind: 'transient', api: wecomPaths.uploadMedia });
  });

  test('an app message tells whom it did not reach', async () => {
    await using loopback = await documented({
      [wecomPaths.appMessage]: {
        ...ok,
        invaliduser: 'userid1|userid2',
        invalidparty: 'partyid1',
        invalidtag: '',
        unlicenseduser: 'userid3',
        msgid: 'xxxx',
        response_code: 'xyzxyz',
      },
    });
    const { wecom } = connect(loopback);
    const to = { userIds: ['UserID1', 'UserID2'], departmentIds: ['1', '2'] };
    expect(await wecom.sendAppMessage({ to, message: { kind: 'text', content: '早' }, dropDuplicatesForSeconds: 600 })).toEqual({
      messageId: 'xxxx',
      invalidUserIds: ['userid1', 'userid2'],
      invalidDepartmentIds: ['partyid1'],
      invalidTagIds: [],
      unlicensedUserIds: ['userid3'],
      responseCode: 'xyzxyz',
    });
    const card = { card_type: 'text_notice', main_title: { title: '今日待办' } };
    await wecom.sendAppMessage({ to: { tagIds: ['3'] }, message: { kind: 'template_card', card } });
    await wecom.sendAppMessage({ to: 'everyone', message: { kind: 'markdown', content: '**早**' } });
    await wecom.sendAppMessage({
      to: 'everyone',
      message: { kind: 'textcard', title: 't', description: 'd', url: 'https://u', buttonText: '看' },
    });
    expect(bodies(loopback.asked, wecomPaths.appMessage)).toEqual([
      {
        touser: 'UserID1|UserID2',
        toparty: '1|2',
        agentid: 1000002,
        enable_duplicate_check: 1,
        duplicate_check_interval: 600,
        msgtype: 'text',
        text: { content: '早' },
      },
      { totag: '3', agentid: 1000002, msgtype: 'template_card', template_card: card },
      { touser: '@all', agentid: 1000002, msgtype: 'markdown', markdown: { content: '**早**' } },
      { touser: '@all', agentid: 1000002, msgtype: 'textcard', textcard: { title: 't', description: 'd', url: 'https://u', btntxt: '看' } },
    ]);
  });

  test('a welcome carries its text and every kind of attachment', async () => {
    await using loopback = await documented({ [wecomPaths.welcome]: ok });
    const { wecom } = connect(loopback);
    await wecom.sendWelcome({
      welcomeCode: 'CODE',
      text: '你好',
      attachments: [
        { kind: 'image', mediaId: 'M' },
        { kind: 'image', url: 'https://p' },
        { kind: 'link', title: 't', url: 'https://u', pictureUrl: 'https://p', description: 'd' },
        { kind: 'miniProgram', title: 't', pictureMediaId: 'M', appId: 'wx1', page: 'index' },
        { kind: 'video', mediaId: 'V' },
        { kind: 'file', mediaId: 'F' },
      ],
    });
    expect(bodies(loopback.asked, wecomPaths.welcome)).toEqual([
      {
        welcome_code: 'CODE',
        text: { content: '你好' },
        attachments: [
          { msgtype: 'image', image: { media_id: 'M' } },
          { msgtype: 'image', image: { pic_url: 'https://p' } },
          { msgtype: 'link', link: { title: 't', url: 'https://u', picurl: 'https://p', desc: 'd' } },
          { msgtype: 'miniprogram', miniprogram: { title: 't', pic_media_id: 'M', appid: 'wx1', page: 'index' } },
          { msgtype: 'video', video: { media_id: 'V' } },
          { msgtype: 'file', file: { media_id: 'F' } },
        ],
      },
    ]);
  });
});
