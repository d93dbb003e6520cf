import type { AuditCheck, AuditPage } from '@nextline/contract';

export type AuditRoutes = {
  'GET /api/admin/audit': { reply: AuditPage };
  'GET /api/admin/audit-check': { reply: AuditCheck };
};
