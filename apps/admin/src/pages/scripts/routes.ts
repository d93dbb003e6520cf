import type { RouteRecordRaw } from 'vue-router';

export const scriptRoutes: RouteRecordRaw[] = [
  { path: '/scripts', component: () => import('./library/LibraryPage.vue'), meta: { needs: 'scripts.read' } },
  { path: '/scripts/review', component: () => import('./review/ReviewPage.vue'), meta: { needs: 'scripts.review' } },
  { path: '/scripts/missing', component: () => import('./missing/MissingPage.vue'), meta: { needs: 'scripts.read' } },
  { path: '/scripts/media', component: () => import('./media/MediaPage.vue'), meta: { needs: 'scripts.read' } },
  { path: '/scripts/import', component: () => import('./import/ImportPage.vue'), meta: { needs: 'scripts.read' } },
  { path: '/scripts/rules', component: () => import('./rules/RulesPage.vue'), meta: { needs: 'scripts.read' } },
  { path: '/scripts/:scriptId', component: () => import('./editor/EditorPage.vue'), meta: { needs: 'scripts.read' } },
];
