import type { PlainPage } from '../pages/plain-page.ts';
import type { SignInRefusal } from './finish-sign-in.ts';

type Refusal = SignInRefusal | 'state_invalid' | 'too_many';

const words: Record<Refusal, { status: number; what: string; why: string; again: string | null }> = {
  state_invalid: { status: 403, what: '这次登录没有成功', why: '登录链接不是从这台设备打开的，或者放了超过十分钟。', again: '重新登录' },
  link_used: { status: 403, what: '这个登录链接用过了', why: '一个链接只能登录一次，重新登录就好。', again: '重新登录' },
  code_refused: { status: 403, what: '登录过期了', why: '企业微信给的登录凭证用过了，或者放了太久。', again: '重新登录' },
  too_many: { status: 429, what: '等几秒再登录', why: '你们的网络里刚有太多登录没有成功，歇几秒再试。', again: '重新登录' },
  outsider: { status: 403, what: '你不是这家企业的成员', why: '下一句只给企业成员用。请用企业微信里的员工账号打开。', again: null },
  not_staff: {
    status: 403,
    what: '找不到你的员工账号',
    why: '你可能已经离职，或者不在应用的可见范围里。请管理员在企业微信后台把你加进这个应用的可见范围。',
    again: '再试一次',
  },
  app_refused: {
    status: 503,
    what: '企业微信没有放行这个应用',
    why: '应用的设置不对，没能确认你是谁。请管理员在服务器上跑一次体检（npx -y pnpm@12 run doctor），它会说要改哪一项。',
    again: '重试',
  },
  wecom_away: { status: 503, what: '企业微信现在连不上', why: '没能确认你是谁。过一会儿再试。', again: '重试' },
};

/** After leaving the console. The sidebar keeps its own session. */
export const signedOut: PlainPage = {
  title: '已退出',
  what: '已退出管理后台',
  why: '侧边栏不受影响。',
  action: { label: '重新登录', href: '/auth/start?return_to=/admin/' },
};

/** What somebody reads who could not be signed in. */
export function signInRefusedPage(refusal: Refusal, returnTo: string): { status: number; page: PlainPage } {
  const { status, what, why, again } = words[refusal];
  const action = again === null ? null : { label: again, href: `/auth/start?return_to=${encodeURIComponent(returnTo)}` };
  return { status, page: { title: what, what, why, action } };
}
