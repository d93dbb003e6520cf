import type * as contract from '@nextline/contract';

/** What a schema of the contract describes, for the few that have no name of their own. */
type Shape<Schema extends { parse: (...given: never[]) => unknown }> = ReturnType<Schema['parse']>;

export type CustomerRoutes = {
  'GET /api/admin/customers': { reply: contract.CustomerPage };
  'GET /api/admin/customers/count': { reply: contract.CustomerCount };
  'GET /api/admin/customers/facets': { reply: contract.CustomerFacets };
  'GET /api/admin/customers/:externalUserId': { reply: contract.CustomerDetail };
  'GET /api/admin/customers/:externalUserId/timeline': { reply: contract.TimelinePage };
  'PUT /api/admin/customers/:externalUserId/opt-out': { body: { optedOut: boolean }; reply: Shape<typeof contract.setOptOutReply> };
  'PUT /api/admin/customers/:externalUserId/stage': { body: { stageId: string | null }; reply: contract.MoveStageReply };
  'DELETE /api/admin/customers/:externalUserId': { body: { confirm: string }; reply: contract.DeleteCustomerReply };
  'POST /api/admin/customer-changes/preview': { body: Shape<typeof contract.previewBulkBody>; reply: contract.BulkPreview };
  'POST /api/admin/customer-changes': { body: Shape<typeof contract.beginBulkBody>; reply: contract.BulkState };
  'GET /api/admin/customer-changes': { reply: Shape<typeof contract.bulkList> };
  'GET /api/admin/customer-changes/:bulkId': { reply: contract.BulkState };
  'POST /api/admin/customer-changes/:bulkId/undo': { reply: contract.BulkState };
};
