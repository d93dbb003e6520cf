import { fileURLToPath } from 'node:url';
import staticFiles from '@fastify/static';
import type { App, Deps } from '../feature.ts';
import type { BeginSignIn } from '../identity/begin-sign-in.ts';
import type { Principals } from '../identity/principals.ts';
import { bootSidebar } from '../identity/sidebar-boot.ts';
import { plainPage } from './plain-page.ts';
import { sidebarHtml } from './sidebar-page.ts';

export const builtSidebar = fileURLToPath(new URL('../../../sidebar/dist', import.meta.url));

const notBuilt = plainPage({
  title: '还没有构建',
  what: '侧边栏还没有构建',
  why: '在仓库根目录运行 pnpm build，再刷新这个页面。',
  action: null,
});

type Parts = { principals: Principals; beginSignIn: BeginSignIn; distFolder: string };

/** The built sidebar, with who is looking written into it. */
export async function pageRoutes(app: App, deps: Deps, { principals, beginSignIn, distFolder }: Parts): Promise<void> {
  const page = sidebarHtml(distFolder);
  // Names of assets carry a hash of their content.
  await app.register(staticFiles, {
    root: distFolder,
    prefix: '/sidebar/',
    index: false,
    redirect: false,
    suppressWarning: true,
    schemaHide: true,
    cacheControl: false,
    allowedPath: (path) => path !== '/index.html' && !path.startsWith('/.'),
    setHeaders: (reply, path) => {
      const immutable = path.startsWith(`${distFolder}/assets/`);
      void reply.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=300');
    },
  });

  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/sidebar/'));
  app.get('/sidebar', { schema: { hide: true } }, (_request, reply) => reply.redirect('/sidebar/'));
  app.get('/sidebar/', { schema: { hide: true } }, async (request, reply) => {
    const principal = request.session && (await principals.find(request.session.staffUserId));
    if (!principal) return beginSignIn(reply, request.url);
    const html = await page.render(await bootSidebar(deps, principal, `${deps.config.publicUrl}${request.url}`));
    return reply
      .code(html === null ? 503 : 200)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(html ?? notBuilt);
  });
}
