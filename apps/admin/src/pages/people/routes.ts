import type { RouteRecordRaw } from 'vue-router';

export const peopleRoutes: RouteRecordRaw[] = [
  { path: '/people', component: () => import('./PeoplePage.vue'), meta: { needs: 'people.read' } },
];
