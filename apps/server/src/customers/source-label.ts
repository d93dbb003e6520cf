/** WeCom's `add_way`, in the words of a guide. */
const ways: Record<number, string> = {
  1: '扫码',
  2: '搜手机号',
  3: '扫名片',
  4: '群聊',
  5: '手机通讯录',
  6: '微信联系人',
  8: '客服自动添加',
  9: '搜邮箱',
  10: '视频号',
  11: '日程',
  12: '会议',
  13: '微信好友',
  14: '智能设备',
  15: '上门服务',
  16: '获客链接',
  17: '定制开发',
  18: '需求回复',
  21: '售前客服',
  22: '可能的伙伴',
  24: '微信里同意的申请',
  201: '同事推荐',
  202: '管理员分配',
};

/** How they met. A code that says where it hangs comes first: `state` is what the brand wrote into it. */
export function sourceLabel(addWay: number, state: string | null): string {
  if (state !== null && state !== '' && (addWay === 1 || addWay === 0)) return state.startsWith('store') ? '门店活码' : '渠道活码';
  return ways[addWay] ?? '来源不明';
}

/** What a customer's source is filtered by: as settle-list.store.ts writes it, with its words. */
export const sourceLabels: [string, string][] = [['store-code', '门店活码'], ['code', '渠道活码'], ...Object.entries(ways)];
