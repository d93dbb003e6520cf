import type { RouteRecordRaw } from 'vue-router';

/** Children of one record, so that the menu knows all of them as 话术库. */
export const scriptRoutes: RouteRecordRaw[] = [
  {
    path: '/scripts',
    meta: { needs: 'scripts.read' },
    children: [
      { path: '', component: () => import('./library/LibraryPage.vue') },
      { path: '/scripts/review', component: () => import('./review/ReviewPage.vue'), meta: { needs: 'scripts.review' } },
      { path: '/scripts/missing', component: () => import('./missing/MissingPage.vue') },
      { path: '/scripts/media', component: () => import('./media/MediaPage.vue') },
      { path: '/scripts/import', component: () => import('./import/ImportPage.vue') },
      { path: '/scripts/rules', component: () => import('./rules/RulesPage.vue') },
      { path: '/scripts/:scriptId', component: () => import('./editor/EditorPage.vue') },
    ],
  },
];
