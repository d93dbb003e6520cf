import type * as contract from '@nextline/contract';

export type SegmentRoutes = {
  'GET /api/admin/segments': { reply: contract.SegmentList };
  'GET /api/admin/segments/:segmentId/count': { reply: contract.CustomerCount };
  'PUT /api/admin/segments/:segmentId': { body: contract.SaveSegmentBody; reply: contract.Segment };
  'DELETE /api/admin/segments/:segmentId': { reply: contract.SegmentList };
};
