import type { DoctorReport } from '@nextline/contract';

export type DoctorRoutes = {
  'GET /api/admin/doctor': { reply: DoctorReport };
};
