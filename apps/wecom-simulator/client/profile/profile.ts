/** How a customer came, by WeCom's `add_way`. */
const ADD_WAYS: Record<number, string> = {
  1: '扫描二维码',
  2: '搜索手机号',
  3: '名片分享',
  4: '群聊',
  5: '手机通讯录',
  6: '微信联系人',
  8: '安装第三方应用时自动添加的客服人员',
  9: '搜索邮箱',
  10: '视频号添加',
  11: '日程参与人',
  12: '会议参与人',
  13: '微信好友',
  14: '智慧硬件专属客服',
  15: '上门服务客服',
  16: '获客链接',
  17: '定制开发',
  18: '需求回复',
  21: '第三方售前客服',
  22: '商务伙伴',
  24: '接受微信账号收到的好友申请',
  201: '内部成员共享',
  202: '管理员分配',
};

export interface TagGroup {
  group_id: string;
  group_name: string;
  tags: { id: string; name: string }[];
}

/** `扫描二维码 · mall-spring` */
export function sourceLabel({ add_way, state }: { add_way: number; state: string }): string {
  const way = ADD_WAYS[add_way] ?? '来源未知';
  return state ? `${way} · ${state}` : way;
}

/** Names of the corp's tags by id. */
export function tagNames(groups: TagGroup[]): Map<string, string> {
  return new Map(groups.flatMap((group) => group.tags.map(({ id, name }) => [id, name] as const)));
}
