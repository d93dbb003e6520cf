import type { Language } from '@nextline/contract';
import type { Deps, Principal } from '../feature.ts';
import { consoleAdmins } from '../identity/console-admins.ts';
import { inLanguage } from '../sentence.ts';
import { plainPage } from './plain-page.ts';

/** For somebody whom we know and who has no role in the console: says so, and whom to ask. */
export async function noConsoleRolePage({ db }: Pick<Deps, 'db'>, principal: Principal, language: Language): Promise<string> {
  const admins = await consoleAdmins(db);
  const ask =
    admins.length > 0
      ? {
          'zh-CN': `要用的话，请${admins.join('、')}在「门店与成员」里给你一个角色。`,
          en: `To use the console, ask ${admins.join(' or ')} for a role, under “Stores and staff”.`,
        }
      : {
          'zh-CN': '这家企业还没有管理员。请 IT 在服务器的 CONSOLE_ADMINS 里写上第一位管理员的账号。',
          en: 'This corp has no admin yet. Ask IT to name the first one in CONSOLE_ADMINS on the server.',
        };
  const page = {
    title: { 'zh-CN': '没有管理后台的权限', en: 'Not for you yet' },
    what: { 'zh-CN': `${principal.name}，你没有管理后台的权限`, en: `${principal.name}, the console is not open to you` },
    why: { 'zh-CN': `导购在企业微信的侧边栏里用下一句。${ask['zh-CN']}`, en: `Guides use Nextline in WeCom’s sidebar. ${ask.en}` },
    action: { label: { 'zh-CN': '换个账号登录', en: 'Sign in as somebody else' }, href: '/auth/start?return_to=/admin/' },
  };
  return plainPage(inLanguage(page, language), language);
}
