import type { RouteRecordRaw } from 'vue-router';

export const customerRoutes: RouteRecordRaw[] = [
  { path: '/customers', component: () => import('./CustomersPage.vue'), meta: { needs: 'customers.read' } },
  {
    path: '/customers/:externalUserId',
    component: () => import('./CustomersPage.vue'),
    meta: { needs: 'customers.read', liesOver: '/customers' },
  },
  { path: '/segments', component: () => import('../segments/SegmentsPage.vue'), meta: { needs: 'customers.read' } },
  { path: '/tags', component: () => import('../tags/TagsPage.vue'), meta: { needs: 'customers.read' } },
  { path: '/stages', component: () => import('../stages/StagesPage.vue'), meta: { needs: 'customers.read' } },
];
