import type * as contract from '@nextline/contract';

/** Everything the sidebar asks of the server. The key is greppable: contract, route and call spell it alike. */
export type Routes = {
  'GET /api/sidebar/js-signature': { reply: contract.JsSignature };
  'GET /api/sidebar/customers/:externalUserId': { reply: contract.Panel };
  'PUT /api/sidebar/customers/:externalUserId/tags': { body: contract.ChangeTagsBody; reply: contract.ChangeTagsReply };
  'PUT /api/sidebar/customers/:externalUserId/stage': { body: { stageId: string | null }; reply: contract.MoveStageReply };
  'PUT /api/sidebar/customers/:externalUserId/opt-out': { body: { optedOut: boolean }; reply: { optedOutAt: string | null } };
  'POST /api/sidebar/customers/:externalUserId/notes': { body: contract.WriteNoteBody; reply: contract.Note };
  'GET /api/sidebar/customers/:externalUserId/timeline': { reply: contract.TimelinePage };
  'POST /api/sidebar/customers/:externalUserId/sends': { body: contract.StartSendBody; reply: contract.Send };
  'PUT /api/sidebar/customers/:externalUserId/sends/:sendId/parts/:n': { body: contract.ReportPartBody; reply: contract.Send };
  'PUT /api/sidebar/customers/:externalUserId/sends/:sendId/stop': { reply: contract.Send };
  'POST /api/sidebar/customers/:externalUserId/suggestion-lists': { body: contract.ReportShownBody; reply: void };
  'POST /api/sidebar/customers/:externalUserId/suggestion-lists/:listId/outcomes': { body: contract.ReportCardOutcomeBody; reply: void };
  'POST /api/sidebar/customers/:externalUserId/tasks': { body: contract.CreateTaskBody; reply: contract.Task };
  'PUT /api/sidebar/customers/:externalUserId/tasks/:taskId': { body: contract.ChangeTaskBody; reply: contract.Task };
  'GET /api/sidebar/tasks': { reply: contract.TaskList };
  'GET /api/sidebar/tags': { reply: contract.TagCatalogue };
  'GET /api/sidebar/stages': { reply: contract.StageList };
  'GET /api/sidebar/library': { reply: contract.Library };
  'GET /api/sidebar/library/mine': { reply: contract.MyLibrary };
  'PUT /api/sidebar/scripts/:scriptId/personal': { body: contract.WritePersonalBody; reply: contract.PersonalWritten };
  'DELETE /api/sidebar/scripts/:scriptId/personal': { reply: void };
  'PUT /api/sidebar/scripts/:scriptId/share': { body: { shared: boolean }; reply: void };
  'PUT /api/sidebar/scripts/:scriptId/favourite': { body: { favourite: boolean }; reply: void };
  'POST /api/sidebar/missing-scripts': { body: contract.ReportMissingScriptBody; reply: void };
};
