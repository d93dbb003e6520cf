/** What WeCom's documentation prints as answers, word for word: for the tests of the client, and of what the server stores of it. */
import { ok } from './loopback-wecom.ts';

export const contact = {
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
export const rocky = {
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
export const tommy = {
  userid: 'tommy',
  remark: '李总',
  description: '采购问题咨询',
  createtime: 1525881637,
  state: '外联二维码1',
  oper_userid: 'woAJ2GCAAAXtWyujaWJHDDGi0mACHAAA',
  add_way: 3,
};
const tagWords = { group_name: '标签分组名称', tag_name: '标签名称' };
export const tagsOfRocky = [
  { ...tagWords, tag_id: 'etAJ2GCAAAXtWyujaWJHDDGi0mACHAAA', type: 1 },
  { ...tagWords, type: 2 },
  { ...tagWords, tag_id: 'stAJ2GCAAAXtWyujaWJHDDGi0mACHAAA', type: 3 },
];
export const zhangsan = {
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
export const pageOfCustomers = {
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

export const departments = [
  { id: 2, name: '广州研发中心', name_en: 'RDGZ', department_leader: ['zhangsan', 'lisi'], parentid: 1, order: 10 },
  { id: 3, name: '邮箱产品部', name_en: 'mail', department_leader: ['lisi', 'wangwu'], parentid: 2, order: 40 },
];
export const followUsers = ['zhangsan', 'lissi'];
export const tagGroup = {
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
