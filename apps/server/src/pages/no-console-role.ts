import type { Deps, Principal } from '../feature.ts';
import { consoleAdmins } from '../identity/console-admins.ts';
import { plainPage } from './plain-page.ts';

/** For somebody whom we know and who has no role in the console: says so, and whom to ask. */
export async function noConsoleRolePage({ db }: Pick<Deps, 'db'>, principal: Principal): Promise<string> {
  const admins = await consoleAdmins(db);
  const ask =
    admins.length > 0
      ? `要用的话，请${admins.join('、')}在「门店与成员」里给你一个角色。`
      : '这家企业还没有管理员。请 IT 在服务器的 CONSOLE_ADMINS 里写上第一位管理员的账号。';
  return plainPage({
    title: '没有管理后台的权限',
    what: `${principal.name}，你没有管理后台的权限`,
    why: `导购在企业微信的侧边栏里用下一句。${ask}`,
    action: { label: '换个账号登录', href: '/auth/start?return_to=/admin/' },
  });
}
