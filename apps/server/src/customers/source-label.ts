import type { Sentence } from '../sentence.ts';

/** WeCom's `add_way`, in the words of a guide. */
const ways: Record<number, Sentence> = {
  1: { 'zh-CN': '扫码', en: 'Scanned a code' },
  2: { 'zh-CN': '搜手机号', en: 'Searched by mobile number' },
  3: { 'zh-CN': '扫名片', en: 'Scanned a business card' },
  4: { 'zh-CN': '群聊', en: 'Group chat' },
  5: { 'zh-CN': '手机通讯录', en: 'Phone contacts' },
  6: { 'zh-CN': '微信联系人', en: 'WeChat contacts' },
  8: { 'zh-CN': '客服自动添加', en: 'Added by customer service' },
  9: { 'zh-CN': '搜邮箱', en: 'Searched by e-mail' },
  10: { 'zh-CN': '视频号', en: 'WeChat Channels' },
  11: { 'zh-CN': '日程', en: 'Calendar' },
  12: { 'zh-CN': '会议', en: 'Meeting' },
  13: { 'zh-CN': '微信好友', en: 'WeChat friend' },
  14: { 'zh-CN': '智能设备', en: 'Smart device' },
  15: { 'zh-CN': '上门服务', en: 'Home service' },
  16: { 'zh-CN': '获客链接', en: 'Acquisition link' },
  17: { 'zh-CN': '定制开发', en: 'Custom development' },
  18: { 'zh-CN': '需求回复', en: 'Answer to a request' },
  21: { 'zh-CN': '售前客服', en: 'Pre-sales service' },
  22: { 'zh-CN': '可能的伙伴', en: 'Possible partner' },
  24: { 'zh-CN': '微信里同意的申请', en: 'Request accepted in WeChat' },
  201: { 'zh-CN': '同事推荐', en: 'Recommended by a colleague' },
  202: { 'zh-CN': '管理员分配', en: 'Assigned by an admin' },
};

const storeCode: Sentence = { 'zh-CN': '门店活码', en: 'Store code' };
const channelCode: Sentence = { 'zh-CN': '渠道活码', en: 'Channel code' };

/** How they met. A code that says where it hangs comes first: `state` is what the brand wrote into it. */
export function sourceLabel(addWay: number, state: string | null): Sentence {
  if (state !== null && state !== '' && (addWay === 1 || addWay === 0)) return state.startsWith('store') ? storeCode : channelCode;
  return ways[addWay] ?? { 'zh-CN': '来源不明', en: 'Unknown source' };
}

/** What a customer's source is filtered by: as settle-list.store.ts writes it, with its words. */
export const sourceLabels: [string, Sentence][] = [['store-code', storeCode], ['code', channelCode], ...Object.entries(ways)];
