import type { Language } from '@nextline/contract';
import type { PlainPage } from '../pages/plain-page.ts';
import { inLanguage, type Sentence } from '../sentence.ts';
import type { SignInRefusal } from './finish-sign-in.ts';

type Refusal = SignInRefusal | 'state_invalid' | 'too_many';

const anew: Sentence = { 'zh-CN': '重新登录', en: 'Sign in again' };
const again: Sentence = { 'zh-CN': '重试', en: 'Try again' };

const words: Record<Refusal, { status: number; what: Sentence; why: Sentence; again: Sentence | null }> = {
  state_invalid: {
    status: 403,
    what: { 'zh-CN': '这次登录没有成功', en: 'You were not signed in' },
    why: {
      'zh-CN': '登录链接不是从这台设备打开的，或者放了超过十分钟。',
      en: 'The link was not opened on this device, or is older than ten minutes.',
    },
    again: anew,
  },
  link_used: {
    status: 403,
    what: { 'zh-CN': '这个登录链接用过了', en: 'This link was used already' },
    why: { 'zh-CN': '一个链接只能登录一次，重新登录就好。', en: 'A link signs in once. Just sign in again.' },
    again: anew,
  },
  code_refused: {
    status: 403,
    what: { 'zh-CN': '登录过期了', en: 'This came too late' },
    why: { 'zh-CN': '企业微信给的登录凭证用过了，或者放了太久。', en: 'The code that WeCom gave was used already, or is too old.' },
    again: anew,
  },
  too_many: {
    status: 429,
    what: { 'zh-CN': '等几秒再登录', en: 'Wait a few seconds' },
    why: {
      'zh-CN': '你们的网络里刚有太多登录没有成功，歇几秒再试。',
      en: 'Too many attempts to sign in from your network have just failed.',
    },
    again: anew,
  },
  outsider: {
    status: 403,
    what: { 'zh-CN': '你不是这家企业的成员', en: 'You are not a member of this corp' },
    why: {
      'zh-CN': '下一句只给企业成员用。请用企业微信里的员工账号打开。',
      en: 'Nextline is for members of the corp only. Open it with your account in WeCom.',
    },
    again: null,
  },
  not_staff: {
    status: 403,
    what: { 'zh-CN': '找不到你的员工账号', en: 'Your account was not found' },
    why: {
      'zh-CN': '你可能已经离职，或者不在应用的可见范围里。请管理员在企业微信后台把你加进这个应用的可见范围。',
      en: 'You may have left, or the app cannot see you. Ask an admin to add you to its 可见范围 in WeCom’s console.',
    },
    again: { 'zh-CN': '再试一次', en: 'Try once more' },
  },
  app_refused: {
    status: 503,
    what: { 'zh-CN': '企业微信没有放行这个应用', en: 'WeCom does not let this app in' },
    why: {
      'zh-CN': '应用的设置不对，没能确认你是谁。请管理员在服务器上跑一次体检（npx -y pnpm@12 run doctor），它会说要改哪一项。',
      en: 'The app is not set up right, so nobody could say who you are. Ask an admin to run the check-up on the server (npx -y pnpm@12 run doctor): it says what to change.',
    },
    again,
  },
  wecom_away: {
    status: 503,
    what: { 'zh-CN': '企业微信现在连不上', en: 'WeCom cannot be reached' },
    why: { 'zh-CN': '没能确认你是谁。过一会儿再试。', en: 'Nobody could say who you are. Try again in a while.' },
    again,
  },
};

/** After leaving the console. The sidebar keeps its own session. */
export const signedOutPage = (language: Language): PlainPage =>
  inLanguage(
    {
      title: { 'zh-CN': '已退出', en: 'Signed out' },
      what: { 'zh-CN': '已退出管理后台', en: 'You are signed out of the console' },
      why: { 'zh-CN': '侧边栏不受影响。', en: 'The sidebar goes on as before.' },
      action: { label: anew, href: '/auth/start?return_to=/admin/' },
    },
    language,
  );

/** What somebody reads who could not be signed in. */
export function signInRefusedPage(refusal: Refusal, returnTo: string, language: Language): { status: number; page: PlainPage } {
  const { status, ...said } = words[refusal];
  const { what, why, again: label } = inLanguage(said, language);
  const action = label === null ? null : { label, href: `/auth/start?return_to=${encodeURIComponent(returnTo)}` };
  return { status, page: { title: what, what, why, action } };
}
