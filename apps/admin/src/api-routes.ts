import type { AdminBoot } from '@nextline/contract';
import type { JumpRoutes } from './jump/api-routes.ts';
import type { CustomerRoutes } from './pages/customers/api-routes.ts';
import type { AuditRoutes } from './pages/audit/api-routes.ts';
import type { CallbackRoutes } from './pages/callbacks/api-routes.ts';
import type { DoctorRoutes } from './pages/doctor/api-routes.ts';
import type { PeopleRoutes } from './pages/people/api-routes.ts';
import type { ScriptRoutes } from './pages/scripts/api-routes.ts';
import type { SegmentRoutes } from './pages/segments/api-routes.ts';
import type { StageRoutes } from './pages/stages/api-routes.ts';
import type { SyncRoutes } from './pages/sync/api-routes.ts';
import type { TagRoutes } from './pages/tags/api-routes.ts';

type FrameRoutes = {
  'GET /api/admin/me': { reply: AdminBoot };
};

/** Everything the console asks of the server, one type per noun: `pages/<noun>/api-routes.ts`. The key is greppable: contract, route and call spell it alike. */
export type Routes = FrameRoutes &
  JumpRoutes &
  AuditRoutes &
  DoctorRoutes &
  SyncRoutes &
  CallbackRoutes &
  PeopleRoutes &
  ScriptRoutes &
  CustomerRoutes &
  SegmentRoutes &
  StageRoutes &
  TagRoutes;
