import type { Permission } from '@nextline/contract';
import type { RouteLocationNormalized, RouteRecordRaw } from 'vue-router';
import { customerRoutes } from './pages/customers/routes.ts';
import { auditRoutes } from './pages/audit/routes.ts';
import { peopleRoutes } from './pages/people/routes.ts';
import { scriptRoutes } from './pages/scripts/routes.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Whoever may not gets the page that says there is none. */
    needs?: Permission;
    /** The page that stays where it is, below a drawer that has an address. */
    liesOver?: string;
  }
}

/** Which page is looked at, whatever lies over it. */
export const pageOf = ({ meta, path }: Pick<RouteLocationNormalized, 'meta' | 'path'>): string => meta.liesOver ?? path;

/** Every page of the console, each loaded when it is first opened. The browser tests walk this list. */
export const routes: RouteRecordRaw[] = [
  ...customerRoutes,
  ...scriptRoutes,
  ...peopleRoutes,
  { path: '/doctor', component: () => import('./pages/doctor/DoctorPage.vue'), meta: { needs: 'doctor.read' } },
  { path: '/sync', component: () => import('./pages/sync/SyncPage.vue'), meta: { needs: 'doctor.read' } },
  { path: '/callbacks', component: () => import('./pages/callbacks/CallbacksPage.vue'), meta: { needs: 'doctor.read' } },
  ...auditRoutes,
];
