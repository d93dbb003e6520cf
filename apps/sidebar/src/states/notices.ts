import type { BridgeFailure, BridgeReason } from '../bridge/bridge-failure.ts';
import type { IconName } from '../icons/paths.ts';
import type { Situation } from './what-to-show.ts';

/** What stands where the customer would stand: what happened, why, what to do now. */
export type Notice = {
  icon: IconName;
  tone: 'warn' | 'plain';
  headline: string;
  why: string;
  /** What an admin changes, where, and to what. */
  fix?: { who: string; path: string; value?: string };
  retry?: { label: string; how: 'bridge' | 'panel' | 'login'; filled: boolean };
  /** What 复制给管理员 or 复制网址 puts on the clipboard. */
  copy?: { label: string; text: string };
  /** WeCom's own words, for whoever has to look them up. */
  raw?: string;
};

/** The notice for a situation in which there is no panel to show. */
export function noticeFor({ where, failure, online, loggedOut, boot, href }: Situation): Notice {
  if (loggedOut) return loginExpired;
  if (where.kind === 'browser') return { ...plainBrowser, copy: { label: '复制网址', text: href } };
  if (where.kind === 'group') return groupChat;
  if (where.kind === 'elsewhere') return noChat;
  if (where.kind === 'refused') return refusal(where.failure, boot);
  return failed(failure ?? { status: 0, code: '', message: '' }, online);
}

const loginExpired: Notice = {
  icon: 'lock',
  tone: 'plain',
  headline: '登录过期了',
  why: '重新登录一次就好，没报上去的发送结果不会丢。',
  retry: { label: '重新登录', how: 'login', filled: true },
};

const plainBrowser: Notice = {
  icon: 'chat',
  tone: 'plain',
  headline: '要在企业微信里打开',
  why: '浏览器里读不到在和谁聊。打开和客户的聊天，点工具栏里的「下一句」。话术可以先看。',
};

const groupChat: Notice = {
  icon: 'people',
  tone: 'plain',
  headline: '这里是群聊',
  why: '群里不显示客户资料，也不从这里发。话术照常能搜，到单聊里一点就能发。',
};

const noChat: Notice = {
  icon: 'chat',
  tone: 'plain',
  headline: '这里没有在聊的客户',
  why: '打开和一位客户的聊天，再点工具栏里的「下一句」。',
  retry: { label: '再看看', how: 'bridge', filled: false },
};

const unread = '企业微信没告诉我们在和谁聊';

function refusal({ reason, errMsg }: BridgeFailure, { trustedHost, agentId }: Situation['boot']): Notice {
  const { headline = unread, why, fix, admin = fix !== undefined } = refusals(trustedHost, agentId)[reason] ?? unexplained;
  return {
    icon: 'warn',
    tone: 'warn',
    headline,
    why,
    ...(fix ? { fix } : {}),
    retry: { label: '重试', how: 'bridge', filled: true },
    ...(admin && fix
      ? { copy: { label: '复制给管理员', text: [headline, why, `${fix.who}：${fix.path}`, fix.value, errMsg].filter(Boolean).join('\n') } }
      : {}),
    raw: errMsg,
  };
}

type Refusal = { headline?: string; why: string; fix?: Notice['fix']; admin?: boolean };

const unexplained: Refusal = { why: '没有说原因。先重试；一直这样，把下面这行发给管理员。' };

const refusals = (trustedHost: string, agentId: string): Partial<Record<BridgeReason, Refusal>> => ({
  domain: {
    why: '这个网址还不在应用的可信域名里，所以读不到客户。',
    fix: { who: '请管理员改一处', path: '应用管理 → 下一句 → 网页授权及 JS-SDK，添加', value: trustedHost },
  },
  signature: {
    why: '企业微信不认这个页面的签名，多半是应用的 Secret 或 AgentId 填得不一致。',
    fix: { who: '请管理员核对两处', path: '应用管理 → 下一句：AgentId 和 Secret，要和服务器里填的一样', value: `AgentId ${agentId}` },
  },
  permission: {
    why: '应用还没有读客户的权限，或者你不在客户联系的使用范围里。',
    fix: { who: '请管理员看两处', path: '客户联系 → 可调用接口的应用，勾上「下一句」；客户联系 → 使用范围，加上你' },
  },
  old_client: {
    headline: '企业微信版本太旧',
    why: '这个版本还不能把聊天对象告诉工具栏。升级到 3.0.24 以上再打开。',
  },
  no_signature: {
    why: '服务器暂时拿不到企业微信的签名，客户资料先读不了。过一会儿重试。',
  },
  silent: {
    headline: '企业微信没有回应',
    why: '等了 5 秒，还不知道在和谁聊。多半是客户端卡住了，重试一次，或者关掉侧边栏再打开。',
  },
});

function failed({ status, message }: NonNullable<Situation['failure']>, online: boolean): Notice {
  if (status === 404) {
    return {
      icon: 'lock',
      tone: 'plain',
      headline: '你还没有加这位客户',
      why: '加为联系人后，资料会自动出现在这里，不用刷新。',
      retry: { label: '我刚加过，再看看', how: 'panel', filled: false },
    };
  }
  if (status === 403) {
    return {
      icon: 'lock',
      tone: 'plain',
      headline: '你还没有开通',
      why: '这个账号不在「下一句」的可见范围里，所以看不到客户资料。',
      fix: { who: '请管理员改一处', path: '应用管理 → 下一句 → 可见范围，加上你' },
      retry: { label: '再看看', how: 'panel', filled: false },
    };
  }
  const retry = { label: '重试', how: 'panel', filled: true } as const;
  if (!online) {
    return { icon: 'offline', tone: 'plain', headline: '网络断了', why: '这位客户的资料还没读到，联网后自动读。话术照常能搜。', retry };
  }
  if (status === 0) {
    return { icon: 'offline', tone: 'plain', headline: '连不上服务器', why: '这位客户的资料还没读到。话术照常能搜。', retry };
  }
  return { icon: 'warn', tone: 'warn', headline: '资料没读出来', why: message, retry, raw: `HTTP ${status}` };
}
