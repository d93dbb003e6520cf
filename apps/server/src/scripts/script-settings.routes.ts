import {
  changeFolderBody,
  createFolderBody,
  folderList,
  missingScriptList,
  opaqueId,
  orderFoldersBody,
  saveScriptRulesBody,
  scriptRules,
  settleMissingBody,
} from '@nextline/contract';
import { z } from 'zod';
import type { App, Deps, Principal } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { changeFolder, createFolder, orderFolders, removeFolder } from './change-folders.ts';
import { changeRules } from './change-rules.ts';
import { requireWholeCorp } from './script-reach.ts';
import { readScriptRules } from './script-rules.store.ts';
import { readFolders } from './scripts.store.ts';
import { listMissing, settleMissing } from './settle-missing.ts';

const largeBody = 1024 * 1024;
const reading = (who: Principal) => requirePermission(who, 'scripts.read');
const running = (who: Principal) => {
  requirePermission(who, 'scripts.write');
  requireWholeCorp(who);
};

/** What belongs to the library as a whole, under `/api/admin`: folders, rules, and what guides looked for in vain. */
export function scriptSettingRoutes(app: App, deps: Deps): void {
  const inFolder = z.object({ folderId: opaqueId });
  app.get('/script-folders', { schema: { response: { 200: folderList } } }, async ({ principal }) => {
    reading(principal);
    return { folders: await readFolders(deps.db) };
  });
  app.post('/script-folders', { schema: { body: createFolderBody, response: { 200: folderList } } }, ({ body, principal }) => {
    running(principal);
    return createFolder(deps, principal, body);
  });
  app.put('/script-folders/order', { schema: { body: orderFoldersBody, response: { 200: folderList } } }, ({ body, principal }) => {
    running(principal);
    return orderFolders(deps, principal, body);
  });
  app.put(
    '/script-folders/:folderId',
    { schema: { params: inFolder, body: changeFolderBody, response: { 200: folderList } } },
    ({ params, body, principal }) => {
      running(principal);
      return changeFolder(deps, principal, params.folderId, body);
    },
  );
  app.delete('/script-folders/:folderId', { schema: { params: inFolder, response: { 200: folderList } } }, ({ params, principal }) => {
    running(principal);
    return removeFolder(deps, principal, params.folderId);
  });

  app.get('/script-rules', { schema: { response: { 200: scriptRules } } }, ({ principal }) => {
    reading(principal);
    return readScriptRules(deps.db);
  });
  app.put(
    '/script-rules',
    { bodyLimit: largeBody, schema: { body: saveScriptRulesBody, response: { 200: scriptRules } } },
    ({ body, principal }) => changeRules(deps, principal, body),
  );

  app.get('/missing-scripts', { schema: { response: { 200: missingScriptList } } }, ({ principal }) => {
    reading(principal);
    requireWholeCorp(principal);
    return listMissing(deps);
  });
  app.post(
    '/missing-scripts/settle',
    { schema: { body: settleMissingBody, response: { 200: missingScriptList } } },
    async ({ body, principal }) => {
      running(principal);
      await settleMissing(deps, principal, body);
      return listMissing(deps);
    },
  );
}
