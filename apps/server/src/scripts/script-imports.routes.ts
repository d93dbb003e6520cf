import { importList, importParams, importRow, importRows, scriptImport } from '@nextline/contract';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { App, Deps, Principal } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { inLanguage, languageOf, type Sentence } from '../sentence.ts';
import { exportScripts, writeTemplate } from './export-scripts.ts';
import { beginApply, beginImport, showImport, showImportRows, showImports, writeErrorFile } from './manage-imports.ts';
import { mostTableBytes } from './read-table.ts';
import { requireWholeCorp } from './script-reach.ts';
import { readUploadedFile } from './uploaded-file.ts';
import { contentTypeOf, type TableFormat } from './write-table.ts';

const running = (who: Principal) => {
  requirePermission(who, 'scripts.write');
  requireWholeCorp(who);
};

function download(reply: FastifyReply, name: string, format: TableFormat, bytes: Buffer): FastifyReply {
  return reply
    .header('content-type', contentTypeOf[format])
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${name}.${format}`)}`)
    .header('cache-control', 'no-store')
    .send(bytes);
}

const fileNames = {
  template: { 'zh-CN': '话术导入模板', en: 'script-template' },
  errors: { 'zh-CN': '没导入的行', en: 'refused-rows' },
  library: { 'zh-CN': '话术库', en: 'scripts' },
} as const satisfies Record<string, Sentence>;

/** Tables in and out, under `/api/admin`. */
export function scriptImportRoutes(app: App, deps: Deps): void {
  app.get('/script-imports', { schema: { response: { 200: importList } } }, async ({ principal, headers }) => {
    running(principal);
    return { imports: inLanguage(await showImports(deps), languageOf(headers)) };
  });
  app.post('/script-imports', { schema: { response: { 202: scriptImport } } }, async (request, reply) => {
    running(request.principal);
    void reply.code(202);
    const uploaded = await readUploadedFile(request, mostTableBytes);
    return inLanguage(await beginImport(deps, request.principal, uploaded), languageOf(request.headers));
  });
  app.get('/script-imports/template.xlsx', async ({ principal, headers }, reply) => {
    requirePermission(principal, 'scripts.read');
    const language = languageOf(headers);
    return download(reply, fileNames.template[language], 'xlsx', await writeTemplate(language));
  });
  app.get(
    '/script-imports/:importId',
    { schema: { params: importParams, response: { 200: scriptImport } } },
    async ({ principal, params, headers }) => {
      running(principal);
      return inLanguage(await showImport(deps, params.importId), languageOf(headers));
    },
  );
  app.get(
    '/script-imports/:importId/rows',
    {
      schema: {
        params: importParams,
        querystring: z.object({ outcome: importRow.shape.outcome.optional(), cursor: z.string().max(20).optional() }),
        response: { 200: importRows },
      },
    },
    async ({ principal, params, query, headers }) => {
      running(principal);
      return inLanguage(await showImportRows(deps, params.importId, query), languageOf(headers));
    },
  );
  app.post(
    '/script-imports/:importId/apply',
    { schema: { params: importParams, response: { 200: scriptImport } } },
    async ({ principal, params, headers }) => {
      running(principal);
      return inLanguage(await beginApply(deps, principal, params.importId), languageOf(headers));
    },
  );
  app.get('/script-imports/:importId/errors.xlsx', { schema: { params: importParams } }, async (request, reply) => {
    running(request.principal);
    const language = languageOf(request.headers);
    return download(reply, fileNames.errors[language], 'xlsx', await writeErrorFile(deps, request.params.importId, language));
  });
  app.get(
    '/scripts-export',
    { schema: { querystring: z.object({ format: z.enum(['xlsx', 'csv']).default('xlsx') }) } },
    async ({ query, principal, headers }, reply) => {
      requirePermission(principal, 'scripts.read');
      const language = languageOf(headers);
      return download(reply, fileNames.library[language], query.format, await exportScripts(deps, principal, query.format, language));
    },
  );
}
