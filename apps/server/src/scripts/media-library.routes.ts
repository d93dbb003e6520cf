import { mediaPage, mediaRow } from '@nextline/contract';
import { z } from 'zod';
import type { App, Deps } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { listMedia, removeMedia, uploadMedia } from './manage-media.ts';
import { requireWholeCorp } from './script-reach.ts';
import { largestBytes } from './sniff-content.ts';
import { readUploadedFile } from './uploaded-file.ts';

const query = z.object({
  cursor: z.string().max(300).optional(),
  kind: z.enum(['image', 'video', 'file']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(60),
});

/** The files of the library, under `/api/admin`. The scope reads multipart. */
export function mediaLibraryRoutes(app: App, deps: Deps): void {
  app.get('/media', { schema: { querystring: query, response: { 200: mediaPage } } }, ({ query: asked, principal }) => {
    requirePermission(principal, 'scripts.read');
    return listMedia(deps, principal, asked);
  });
  app.post('/media', { schema: { response: { 200: mediaRow } } }, (request) => {
    requirePermission(request.principal, 'scripts.write');
    return readUploadedFile(request, largestBytes.file).then((file) => uploadMedia(deps, request.principal, file));
  });
  app.delete(
    '/media/:sha256',
    { schema: { params: z.object({ sha256: z.string().max(64) }), response: { 204: z.undefined() } } },
    async ({ params, principal }, reply) => {
      requirePermission(principal, 'scripts.write');
      requireWholeCorp(principal);
      await removeMedia(deps, principal, params.sha256);
      return reply.code(204).send(undefined);
    },
  );
}
