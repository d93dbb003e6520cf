import type { Panel } from '@nextline/contract';

type Situation = { online: boolean; where: string; panel: Panel | undefined; refused: boolean; busy: boolean };

/** Why nothing can be sent right now, as the sentence beside the button; null when it can. */
export function whyNot({ online, where, panel, refused, busy }: Situation): string | null {
  if (where === 'browser') return '在企业微信里打开才能发。';
  if (where === 'group') return '这里是群聊，话术只能看，不能从这里发。';
  if (where !== 'customer') return '还不知道在和谁聊，先不能发。';
  if (refused) return '你还没有加这位客户，发不了。';
  if (!online) return '网络断了，联网后能发。';
  if (!panel) return '客户资料还没到，先不能发。';
  if (!panel.active) return '已经不是你的联系人，发不过去。';
  if (busy) return '上一句还在发，稍等。';
  return null;
}
