// WeCom's own spelling: what travels between the client and WeCom, and what the simulator must answer. Field meanings: the
// official pages https://developer.work.weixin.qq.com/document/path/<n>, number beside each.

/** Paths below the API's base URL. */
export const wecomPaths = {
  getToken: '/cgi-bin/gettoken', // 91039
  corpTicket: '/cgi-bin/get_jsapi_ticket', // 90506
  agentTicket: '/cgi-bin/ticket/get', // ?type=agent_config
  agent: '/cgi-bin/agent/get', // 90227
  userInfo: '/cgi-bin/auth/getuserinfo', // 91023
  user: '/cgi-bin/user/get', // 90196
  usersOfDepartment: '/cgi-bin/user/list',
  userNamesOfDepartment: '/cgi-bin/user/simplelist',
  departments: '/cgi-bin/department/list', // 90208
  followUsers: '/cgi-bin/externalcontact/get_follow_user_list',
  customerIds: '/cgi-bin/externalcontact/list',
  customer: '/cgi-bin/externalcontact/get', // 92114
  customersOfUsers: '/cgi-bin/externalcontact/batch/get_by_user', // 92994
  remark: '/cgi-bin/externalcontact/remark', // 92115
  corpTags: '/cgi-bin/externalcontact/get_corp_tag_list', // 92117
  addCorpTag: '/cgi-bin/externalcontact/add_corp_tag',
  editCorpTag: '/cgi-bin/externalcontact/edit_corp_tag',
  deleteCorpTags: '/cgi-bin/externalcontact/del_corp_tag',
  markTags: '/cgi-bin/externalcontact/mark_tag', // 92118
  welcome: '/cgi-bin/externalcontact/send_welcome_msg', // 92137
  uploadMedia: '/cgi-bin/media/upload', // 90253
  appMessage: '/cgi-bin/message/send', // 90236
} as const;

/** What is in every answer to a question, also to one about which there is nothing to say. */
export const answerFields: ReadonlyMap<string, string> = new Map([
  [wecomPaths.getToken, 'access_token'],
  [wecomPaths.corpTicket, 'ticket'],
  [wecomPaths.agentTicket, 'ticket'],
  [wecomPaths.agent, 'agentid'],
  [wecomPaths.user, 'userid'],
  [wecomPaths.usersOfDepartment, 'userlist'],
  [wecomPaths.userNamesOfDepartment, 'userlist'],
  [wecomPaths.departments, 'department'],
  [wecomPaths.followUsers, 'follow_user'],
  [wecomPaths.customerIds, 'external_userid'],
  [wecomPaths.customer, 'external_contact'],
  [wecomPaths.customersOfUsers, 'external_contact_list'],
  [wecomPaths.corpTags, 'tag_group'],
  [wecomPaths.addCorpTag, 'tag_group'],
  [wecomPaths.uploadMedia, 'media_id'],
  [wecomPaths.appMessage, 'msgid'],
]);

/** In every answer; absent or 0 = success. */
export type WireStatus = { errcode?: number; errmsg?: string };

/** `expires_in` in seconds. */
export type WireToken = { access_token: string; expires_in: number };
export type WireTicket = { ticket: string; expires_in: number };

/** close: 1 = switched off. `redirect_domain`: the trusted domain of OAuth. */
export type WireAgent = { agentid: number; name: string; close: 0 | 1; redirect_domain?: string };

/** Staff: `userid`. Outsider: `openid`. */
export type WireUserInfo = { userid?: string; user_ticket?: string; openid?: string; external_userid?: string };

/** status: 1 active, 2 disabled, 4 not activated, 5 left. */
export type WireUser = {
  userid: string;
  name: string;
  alias?: string;
  position?: string;
  department: number[];
  main_department?: number;
  is_leader_in_dept?: (0 | 1)[];
  status: 1 | 2 | 4 | 5;
  avatar?: string;
};
export type WireUserName = { userid: string; name: string; department: number[] };
export type WireUserList = { userlist: WireUser[] };
export type WireUserNameList = { userlist: WireUserName[] };

export type WireDepartment = { id: number; name: string; parentid: number; order: number; department_leader?: string[] };
export type WireDepartmentList = { department: WireDepartment[] };

export type WireFollowUserList = { follow_user: string[] };
export type WireCustomerIdList = { external_userid: string[] };

/** type: 1 WeChat, 2 WeCom. gender: 0 unknown, 1 male, 2 female. */
export type WireExternalContact = {
  external_userid: string;
  name: string;
  avatar?: string;
  type: 1 | 2;
  gender: 0 | 1 | 2;
  unionid?: string;
  position?: string;
  corp_name?: string;
  corp_full_name?: string;
};

/** type: 1 corp, 2 personal (no `tag_id`), 3 strategy. */
export type WireFollowTag = { group_name: string; tag_name: string; tag_id?: string; type: 1 | 2 | 3 };

/** `createtime` in seconds. */
export type WireFollow = {
  userid: string;
  remark: string;
  description: string;
  createtime: number;
  remark_corp_name?: string;
  remark_mobiles?: string[];
  add_way?: number;
  oper_userid?: string;
  state?: string;
  wechat_channels?: { nickname: string; source: number };
};
/** In `externalcontact/get`: tags with names. In `batch/get_by_user`: ids only, corp and strategy tags. */
export type WireFollowUser = WireFollow & { tags?: WireFollowTag[] };
export type WireFollowInfo = WireFollow & { tag_id?: string[] };

export type WireCustomer = { external_contact: WireExternalContact; follow_user: WireFollowUser[]; next_cursor?: string };
export type WireCustomerRow = { external_contact: WireExternalContact; follow_info: WireFollowInfo };
export type WireCustomersOfUsersRequest = { userid_list: string[]; cursor?: string; limit?: number };
export type WireCustomersOfUsers = {
  external_contact_list: WireCustomerRow[];
  next_cursor?: string;
  fail_info?: { unlicensed_userid_list?: string[] };
};

export type WireRemarkRequest = {
  userid: string;
  external_userid: string;
  remark?: string;
  description?: string;
  remark_company?: string;
  remark_mobiles?: string[];
  remark_pic_mediaid?: string;
};

export type WireTag = { id: string; name: string; create_time: number; order: number; deleted?: boolean };
export type WireTagGroup = {
  group_id: string;
  group_name: string;
  create_time: number;
  order: number;
  deleted?: boolean;
  tag: WireTag[];
};
export type WireTagListRequest = { tag_id?: string[]; group_id?: string[] };
export type WireTagList = { tag_group: WireTagGroup[] };
export type WireAddTagRequest = {
  group_id?: string;
  group_name?: string;
  order?: number;
  tag: { name: string; order?: number }[];
};
export type WireAddTag = { tag_group: WireTagGroup };
export type WireEditTagRequest = { id: string; name?: string; order?: number };
export type WireMarkTagRequest = { userid: string; external_userid: string; add_tag?: string[]; remove_tag?: string[] };

/** `created_at`: seconds, as a text (the official sample), valid 3 days. */
export type WireUploadedMedia = { type: 'image' | 'voice' | 'video' | 'file'; media_id: string; created_at: string };

/** Lists are joined with `|`. */
export type WireAppMessageRequest = {
  touser?: string;
  toparty?: string;
  totag?: string;
  agentid: number;
  enable_duplicate_check?: 0 | 1;
  duplicate_check_interval?: number;
} & (
  | { msgtype: 'text'; text: { content: string } }
  | { msgtype: 'markdown'; markdown: { content: string } }
  | { msgtype: 'image'; image: { media_id: string } }
  | { msgtype: 'video'; video: { media_id: string } }
  | { msgtype: 'file'; file: { media_id: string } }
  | { msgtype: 'news'; news: { articles: WireArticle[] } }
  | { msgtype: 'textcard'; textcard: { title: string; description: string; url: string; btntxt?: string } }
  | { msgtype: 'template_card'; template_card: Readonly<Record<string, unknown>> }
);
export type WireArticle = { title: string; description?: string; picurl?: string; url?: string; appid?: string; pagepath?: string };
export type WireAppMessage = {
  msgid?: string;
  invaliduser?: string;
  invalidparty?: string;
  invalidtag?: string;
  unlicenseduser?: string;
  response_code?: string;
};

export type WireWelcomeAttachment =
  | { msgtype: 'image'; image: { media_id?: string; pic_url?: string } }
  | { msgtype: 'link'; link: { title: string; picurl?: string; desc?: string; url: string } }
  | { msgtype: 'miniprogram'; miniprogram: { title: string; pic_media_id: string; appid: string; page: string } }
  | { msgtype: 'video'; video: { media_id: string } }
  | { msgtype: 'file'; file: { media_id: string } };
export type WireWelcomeRequest = { welcome_code: string; text?: { content: string }; attachments?: WireWelcomeAttachment[] };
