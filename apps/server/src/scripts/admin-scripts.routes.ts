import {
  bulkScriptsBody,
  bulkScriptsReply,
  checkScriptBody,
  checkScriptReply,
  createScriptBody,
  opaqueId,
  previewScriptBody,
  previewScriptReply,
  rejectScriptBody,
  restoreScriptBody,
  saveDraftBody,
  sendToMeBody,
  sendToMeReply,
  scriptForEditing,
  scriptPage,
  scriptQuery,
  scriptStepBody,
  scriptVersionContent,
  uuid,
} from '@nextline/contract';
import { z } from 'zod';
import type { App, Deps, Principal } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { inLanguage, languageOf } from '../sentence.ts';
import { changeInBulk, undoBulk } from './bulk-change.ts';
import { findingsOf } from './find-findings.ts';
import { listScripts } from './list-scripts.ts';
import { previewScript } from './preview-script.ts';
import { promoteScript } from './promote-script.ts';
import { createScript, saveDraft } from './save-draft.ts';
import { readScriptRules } from './script-rules.store.ts';
import { showScript, showVersion } from './show-script.ts';
import { sendToMe } from './send-to-me.ts';
import { restoreVersion, takeStep } from './take-step.ts';

const which = z.object({ scriptId: opaqueId });
const nothing = z.undefined();
/** Nine long texts, or the ids of a whole library. */
const largeBody = 1024 * 1024;

const reading = (who: Principal) => requirePermission(who, 'scripts.read');
const writing = (who: Principal) => requirePermission(who, 'scripts.write');

/** The script library for the console, under `/api/admin`. Managers find their own store's scripts and nothing else. */
export function adminScriptRoutes(app: App, deps: Deps): void {
  app.get('/scripts', { schema: { querystring: scriptQuery, response: { 200: scriptPage } } }, async ({ principal, query, headers }) => {
    reading(principal);
    return inLanguage(await listScripts(deps, principal, query), languageOf(headers));
  });
  app.post(
    '/scripts',
    { bodyLimit: largeBody, schema: { body: createScriptBody, response: { 200: scriptForEditing } } },
    async ({ principal, body, headers }) => {
      writing(principal);
      return inLanguage(await createScript(deps, principal, body), languageOf(headers));
    },
  );
  app.post(
    '/scripts/check',
    { bodyLimit: largeBody, schema: { body: checkScriptBody, response: { 200: checkScriptReply } } },
    async ({ principal, body, headers }) => {
      reading(principal);
      const found = await findingsOf(deps.db, await readScriptRules(deps.db), body.content, deps.clock.now());
      return { findings: inLanguage(found, languageOf(headers)) };
    },
  );
  app.post(
    '/scripts/preview',
    { bodyLimit: largeBody, schema: { body: previewScriptBody, response: { 200: previewScriptReply } } },
    ({ body, principal }) => {
      reading(principal);
      return previewScript(deps, principal, body.content, body.externalUserId);
    },
  );
  app.post(
    '/scripts/send-to-me',
    { bodyLimit: largeBody, schema: { body: sendToMeBody, response: { 200: sendToMeReply } } },
    ({ body, principal }) => sendToMe(deps, principal, body),
  );
  app.post(
    '/scripts/bulk',
    { bodyLimit: largeBody, schema: { body: bulkScriptsBody, response: { 200: bulkScriptsReply } } },
    ({ body, principal }) => {
      writing(principal);
      return changeInBulk(deps, principal, body);
    },
  );
  app.post(
    '/scripts/bulk/:bulkId/undo',
    { schema: { params: z.object({ bulkId: uuid }), response: { 200: bulkScriptsReply } } },
    ({ params, principal }) => {
      writing(principal);
      return undoBulk(deps, principal, params.bulkId);
    },
  );
  app.get(
    '/scripts/:scriptId',
    { schema: { params: which, response: { 200: scriptForEditing } } },
    async ({ principal, params, headers }) => {
      reading(principal);
      return inLanguage(await showScript(deps, principal, params.scriptId), languageOf(headers));
    },
  );
  app.put(
    '/scripts/:scriptId/draft',
    { bodyLimit: largeBody, schema: { params: which, body: saveDraftBody, response: { 200: scriptForEditing } } },
    async ({ principal, params, body, headers }) => {
      writing(principal);
      return inLanguage(await saveDraft(deps, principal, params.scriptId, body), languageOf(headers));
    },
  );
  app.get(
    '/scripts/:scriptId/versions/:version',
    {
      schema: {
        params: which.extend({ version: z.coerce.number().int().min(1).max(1_000_000) }),
        response: { 200: scriptVersionContent },
      },
    },
    ({ params, principal }) => {
      reading(principal);
      return showVersion(deps, principal, params.scriptId, params.version);
    },
  );

  for (const step of ['submit', 'approve', 'publish', 'withdraw', 'retire', 'discard'] as const)
    app.post(
      `/scripts/:scriptId/${step}`,
      { schema: { params: which, body: scriptStepBody, response: { 200: scriptForEditing, 204: nothing } } },
      async ({ principal, params, body, headers }, reply) => {
        const left = await takeStep(deps, principal, params.scriptId, { step, revision: body.revision });
        return left === null ? reply.code(204).send(undefined) : inLanguage(left, languageOf(headers));
      },
    );
  app.post(
    '/scripts/:scriptId/reject',
    { schema: { params: which, body: rejectScriptBody, response: { 200: scriptForEditing, 204: nothing } } },
    async ({ principal, params, body, headers }, reply) => {
      const left = await takeStep(deps, principal, params.scriptId, { step: 'reject', revision: body.revision, reason: body.reason });
      return left === null ? reply.code(204).send(undefined) : inLanguage(left, languageOf(headers));
    },
  );
  app.post(
    '/scripts/:scriptId/restore',
    { schema: { params: which, body: restoreScriptBody, response: { 200: scriptForEditing } } },
    async ({ principal, params, body, headers }) =>
      inLanguage(await restoreVersion(deps, principal, params.scriptId, body), languageOf(headers)),
  );
  app.post(
    '/scripts/:scriptId/promote',
    { schema: { params: which, body: scriptStepBody, response: { 200: scriptForEditing } } },
    async ({ principal, params, body, headers }) =>
      inLanguage(await promoteScript(deps, principal, params.scriptId, body.revision), languageOf(headers)),
  );
}
