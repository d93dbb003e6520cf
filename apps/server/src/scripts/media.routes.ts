import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { App, Deps } from '../feature.ts';
import { findMedia } from './media.store.ts';

const mediaNotFound = () => new AppError({ code: 'media.not_found', status: 404, sentence: '没有这个文件。' });

/**
 * GET /media/{sha256}: without a session, because WeCom's own client fetches the covers of links and mini-programs. The hash cannot be guessed,
 * and what it names never changes.
 */
export function mediaRoutes(app: App, { db }: Deps): void {
  app.get('/media/:sha256', { schema: { params: z.object({ sha256: z.string() }), hide: true } }, async (request, reply) => {
    const { sha256 } = request.params;
    const file = /^[0-9a-f]{64}$/.test(sha256) ? await findMedia(db, sha256) : null;
    if (file === null) throw mediaNotFound();
    const shown = file.contentType.startsWith('image/') || file.contentType.startsWith('video/');
    return reply
      .header('content-type', file.contentType)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('content-disposition', `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
      .send(file.bytes);
  });
}
