import type * as contract from '@nextline/contract';

/** What a schema of the contract describes, for the few that have no name of their own. */
type Shape<Schema extends { parse: (...given: never[]) => unknown }> = ReturnType<Schema['parse']>;

type Step = { body: Shape<typeof contract.scriptStepBody>; reply: contract.ScriptForEditing };

export type ScriptRoutes = {
  'GET /api/admin/scripts': { reply: contract.ScriptPage };
  'POST /api/admin/scripts': { body: contract.CreateScriptBody; reply: contract.ScriptForEditing };
  'GET /api/admin/scripts/:scriptId': { reply: contract.ScriptForEditing };
  'PUT /api/admin/scripts/:scriptId/draft': { body: contract.SaveDraftBody; reply: contract.ScriptForEditing };
  'GET /api/admin/scripts/:scriptId/versions/:version': { reply: contract.ScriptVersionContent };
  'POST /api/admin/scripts/:scriptId/submit': Step;
  'POST /api/admin/scripts/:scriptId/approve': Step;
  'POST /api/admin/scripts/:scriptId/publish': Step;
  'POST /api/admin/scripts/:scriptId/withdraw': Step;
  'POST /api/admin/scripts/:scriptId/retire': Step;
  'POST /api/admin/scripts/:scriptId/discard': Step;
  'POST /api/admin/scripts/:scriptId/promote': Step;
  'POST /api/admin/scripts/:scriptId/reject': { body: Shape<typeof contract.rejectScriptBody>; reply: contract.ScriptForEditing };
  'POST /api/admin/scripts/:scriptId/restore': { body: Shape<typeof contract.restoreScriptBody>; reply: contract.ScriptForEditing };
  'POST /api/admin/scripts/check': { body: { content: contract.ScriptContent }; reply: Shape<typeof contract.checkScriptReply> };
  'POST /api/admin/scripts/preview': {
    body: { content: contract.ScriptContent; externalUserId: string };
    reply: contract.PreviewScriptReply;
  };
  'POST /api/admin/scripts/send-to-me': { body: contract.SendToMeBody; reply: contract.SendToMeReply };
  'POST /api/admin/scripts/bulk': { body: contract.BulkScriptsBody; reply: contract.BulkScriptsReply };
  'POST /api/admin/scripts/bulk/:bulkId/undo': { reply: contract.BulkScriptsReply };
  'GET /api/admin/script-folders': { reply: Shape<typeof contract.folderList> };
  'POST /api/admin/script-folders': { body: Shape<typeof contract.createFolderBody>; reply: Shape<typeof contract.folderList> };
  'PUT /api/admin/script-folders/:folderId': { body: Shape<typeof contract.changeFolderBody>; reply: Shape<typeof contract.folderList> };
  'DELETE /api/admin/script-folders/:folderId': { reply: Shape<typeof contract.folderList> };
  'PUT /api/admin/script-folders/order': { body: Shape<typeof contract.orderFoldersBody>; reply: Shape<typeof contract.folderList> };
  'GET /api/admin/script-rules': { reply: contract.ScriptRules };
  'PUT /api/admin/script-rules': { body: contract.SaveScriptRulesBody; reply: contract.ScriptRules };
  'GET /api/admin/missing-scripts': { reply: contract.MissingScriptList };
  'POST /api/admin/missing-scripts/settle': { body: Shape<typeof contract.settleMissingBody>; reply: void };
  'GET /api/admin/media': { reply: contract.MediaPage };
  'POST /api/admin/media': { reply: contract.MediaRow };
  'DELETE /api/admin/media/:sha256': { reply: void };
  'GET /api/admin/script-imports': { reply: Shape<typeof contract.importList> };
  'POST /api/admin/script-imports': { reply: contract.ScriptImport };
  'GET /api/admin/script-imports/:importId': { reply: contract.ScriptImport };
  'GET /api/admin/script-imports/:importId/rows': { reply: Shape<typeof contract.importRows> };
  'POST /api/admin/script-imports/:importId/apply': { reply: contract.ScriptImport };
  'GET /api/admin/customers': { reply: contract.CustomerPage };
  'GET /api/admin/customers/facets': { reply: contract.CustomerFacets };
  'GET /api/admin/stages': { reply: contract.StageBoard };
  'GET /api/admin/tags': { reply: contract.EditableTags };
};
