import { createRouter, createWebHistory, type Router } from 'vue-router';
import { may } from './boot.ts';
import { words } from './frame/words.ts';
import { useWords } from './i18n/words.ts';
import { menu } from './menu.ts';
import { pageOf, routes } from './routes.ts';
import { showToast } from './toast/toast.ts';

const NothingHere = () => import('./frame/NothingHere.vue');

/** The first page of the menu that this person may see. */
const home = () => menu.flat().find(({ needs }) => may(needs))?.to ?? '/nothing';

const openedKey = 'nextline-console-opened-anew';
const oncePerMs = 60_000;

/**
 * After a release the file of a page that was not opened yet is gone; the console that comes anew knows its name. Once a minute only: a server that
 * is away would otherwise make it reload for ever.
 */
function openAnew(href: string, now: number): void {
  const t = useWords(words);
  const open = () => {
    sessionStorage.setItem(openedKey, String(now));
    location.assign(href);
  };
  if (now - Number(sessionStorage.getItem(openedKey) ?? 0) > oncePerMs) open();
  else showToast(t('pageFailed'), { label: t('reload'), run: open });
}

export function createConsoleRouter(): Router {
  const router = createRouter({
    history: createWebHistory('/admin/'),
    routes: [{ path: '/', redirect: home }, ...routes, { path: '/:elsewhere(.*)*', component: NothingHere }],
    scrollBehavior: (to, from, kept) => pageOf(to) !== pageOf(from) && (kept ?? { top: 0 }),
  });
  router.beforeEach(({ meta, path }) =>
    meta.needs === undefined || may(meta.needs) ? true : { path: '/nothing', query: { wanted: path } },
  );
  router.onError((_error, to) => openAnew(router.resolve(to).href, Date.now()));
  return router;
}
