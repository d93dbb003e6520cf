import { createRouter, createWebHistory, type Router } from 'vue-router';
import { may } from './boot.ts';
import { menu } from './menu.ts';
import { routes } from './routes.ts';

const NothingHere = () => import('./frame/NothingHere.vue');

/** The first page of the menu that this person may see. */
const home = () => menu.flat().find(({ needs }) => may(needs))?.to ?? '/nothing';

export function createConsoleRouter(): Router {
  const router = createRouter({
    history: createWebHistory('/admin/'),
    routes: [{ path: '/', redirect: home }, ...routes, { path: '/:elsewhere(.*)*', component: NothingHere }],
    scrollBehavior: (_to, _from, kept) => kept ?? { top: 0 },
  });
  router.beforeEach(({ meta, path }) =>
    meta.needs === undefined || may(meta.needs) ? true : { path: '/nothing', query: { wanted: path } },
  );
  // After a release the chunk of a page that was not opened yet is gone: the page that comes anew knows its name.
  router.onError((_error, to) => location.assign(router.resolve(to).href));
  return router;
}
