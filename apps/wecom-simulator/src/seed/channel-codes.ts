import type { ChannelCode } from '../world/world.ts';
import { guidesOf, stores } from './brand.ts';

/** What a customer can scan: each store's code, two campaigns, and the cards of the first store's guides. */
export function seedChannelCodes(staffName: (userid: string) => string): ChannelCode[] {
  const storeCodes = stores.map((store) => ({
    label: `${store.name} · 门店活码`,
    staff: guidesOf(store.departmentId)[0] ?? '',
    state: `store-${store.code}`,
    addWay: 1,
  }));
  const campaigns = [
    { label: '商场春季快闪 · 活动码', staff: 'zhouyining', state: 'mall-spring', addWay: 1 },
    { label: '直播间 · 领小样', staff: 'xuanqi', state: 'live-0601', addWay: 1 },
  ];
  const cards = guidesOf(11).map((staff) => ({ label: `${staffName(staff)}的名片`, staff, state: '', addWay: 3 }));
  return [...storeCodes, ...campaigns, ...cards];
}
