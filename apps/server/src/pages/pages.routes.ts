import { fileURLToPath } from 'node:url';
import { type AdminBoot, type Language, type SidebarBoot } from '@nextline/contract';
import type { FastifyReply } from 'fastify';
import type { App, Deps } from '../feature.ts';
import { bootAdmin } from '../identity/admin-boot.ts';
import type { BeginSignIn } from '../identity/begin-sign-in.ts';
import { hasConsole } from '../identity/permissions.ts';
import type { Principals } from '../identity/principals.ts';
import { languageOf, type Sentence } from '../sentence.ts';
import { bootSidebar } from '../identity/sidebar-boot.ts';
import { type BootedPage, bootedPage } from './booted-page.ts';
import { serveBuiltAssets } from './built-assets.ts';
import { noConsoleRolePage } from './no-console-role.ts';
import { plainPage } from './plain-page.ts';

const distOf = (app: string) => fileURLToPath(new URL(`../../../${app}/dist`, import.meta.url));
export const builtApps = { sidebar: distOf('sidebar'), admin: distOf('admin') };

const notBuilt = (what: string) =>
  plainPage({ title: '还没有构建', what: `${what}还没有构建`, why: '在仓库根目录运行 pnpm build，再刷新这个页面。', action: null });

const done: Sentence = { 'zh-CN': '登录好了', en: 'You are signed in' };
const goBack: Sentence = { 'zh-CN': '可以关掉这个窗口，回到刚才那一页接着做。', en: 'You can close this window and go on where you were.' };
const signedIn = (language: Language) =>
  plainPage({ title: done[language], what: done[language], why: goBack[language], action: null }, language);

type Parts = { principals: Principals; beginSignIn: BeginSignIn; folders: typeof builtApps };

const asPage = (reply: FastifyReply, code: number, html: string) =>
  reply.code(code).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html);

async function show(reply: FastifyReply, page: BootedPage, boot: SidebarBoot | AdminBoot, name: string): Promise<FastifyReply> {
  const html = await page.render(boot);
  return asPage(reply, html === null ? 503 : 200, html ?? notBuilt(name));
}

/** The two built apps, with who is looking written into their pages. */
export async function pageRoutes(app: App, deps: Deps, { principals, beginSignIn, folders }: Parts): Promise<void> {
  const hidden = { schema: { hide: true } };
  await serveBuiltAssets(app, folders.sidebar, '/sidebar');
  await serveBuiltAssets(app, folders.admin, '/admin');

  const sidebar = bootedPage(folders.sidebar);
  app.get('/', hidden, (_request, reply) => reply.redirect('/sidebar/'));
  app.get('/sidebar', hidden, (_request, reply) => reply.redirect('/sidebar/'));
  app.get('/sidebar/', hidden, async (request, reply) => {
    const principal = request.session && (await principals.find(request.session.staffUserId));
    if (!principal) return beginSignIn(request, reply, request.url);
    return show(reply, sidebar, await bootSidebar(deps, principal, `${deps.config.publicUrl}${request.url}`), '侧边栏');
  });

  const console = bootedPage(folders.admin);
  app.get('/admin', hidden, (_request, reply) => reply.redirect('/admin/'));
  // Where the window ends in which somebody signs in again; the page that waits for it notices by itself.
  app.get('/admin/signed-in', hidden, ({ headers }, reply) => asPage(reply, 200, signedIn(languageOf(headers))));
  // Every address of the console is the same page: its router knows which.
  app.get('/admin/*', hidden, async (request, reply) => {
    const principal = request.session && (await principals.findForConsole(request.session));
    if (!principal) return beginSignIn(request, reply, request.url);
    if (!hasConsole(principal)) return asPage(reply, 403, await noConsoleRolePage(deps, principal, languageOf(request.headers)));
    return show(reply, console, await bootAdmin(deps, principal), '管理后台');
  });
}
