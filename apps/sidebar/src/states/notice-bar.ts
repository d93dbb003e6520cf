import type { Panel } from '@nextline/contract';
import type { ApiFailure } from '../api.ts';
import type { IconName } from '../icons/paths.ts';
import { clockWords, dayWords } from '../day-words.ts';

type Situation = { online: boolean; failure: Pick<ApiFailure, 'status'> | null; panel: Panel; now: Date; timeZone: string };

/** The one line above the strip that says how far the panel can be trusted; null when it can. */
export function noticeBar({ online, failure, panel, now, timeZone }: Situation): { icon: IconName; text: string; warn: boolean } | null {
  const age = (at: string) => {
    const day = dayWords(new Date(at), now, timeZone);
    return `${day === '今天' ? '' : `${day} `}${clockWords(new Date(at), timeZone)}`;
  };
  const read = age(panel.suggestions.computedAt);
  if (!online) return { icon: 'offline', text: `网络断了。客户资料是 ${read} 的，话术照常能搜。`, warn: false };
  // Whatever is wrong with the server, what stands here is as old as its last answer. A session that is over is renewed without a word.
  if (failure && failure.status !== 401)
    return { icon: 'offline', text: `连不上服务器。客户资料是 ${read} 的，话术照常能搜。`, warn: false };
  if (!panel.active) return { icon: 'warn', text: `${she(panel)}已经不是你的联系人，能看以前的，不能再发。`, warn: true };
  if (!panel.freshness.wecomReachable) {
    return { icon: 'info', text: `暂时连不上企业微信，资料是 ${age(panel.freshness.syncedAt)} 的，改动会自动补上。`, warn: false };
  }
  return null;
}

/** 她, 他, or 这位客户 when the profile does not say. */
export function she({ customer }: Pick<Panel, 'customer'>): string {
  return { female: '她', male: '他', unknown: '这位客户' }[customer.gender];
}
