import { Readable } from 'node:stream';
import { z } from 'zod';
import type { App, Deps } from '../feature.ts';
import { byteRange } from './byte-range.ts';
import { findMedia, findMediaRef, findThumbnail, readMediaBytes, saveThumbnail } from './media.store.ts';
import { mediaNotFound } from './script-errors.ts';
import { readPicture } from './thumbnail.ts';

const params = z.object({ sha256: z.string() });
/** Most pictures are one. */
const pieceBytes = 512 * 1024;
const forEver = 'public, max-age=31536000, immutable';

/**
 * GET /media/{sha256} and its `/thumbnail`: without a session, because WeCom's own client fetches the covers of links and mini-programs. The hash
 * cannot be guessed, and what it names never changes. A player reads a video by `Range`.
 */
export function mediaRoutes(app: App, { db }: Deps): void {
  app.get('/media/:sha256', { schema: { params, hide: true } }, async (request, reply) => {
    const { sha256 } = request.params;
    const file = isHash(sha256) ? await findMediaRef(db, sha256) : null;
    if (file === null) throw mediaNotFound();
    const shown = file.contentType.startsWith('image/') || file.contentType.startsWith('video/');
    void reply
      .header('content-type', file.contentType)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', forEver)
      .header('accept-ranges', 'bytes')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('content-disposition', `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.fileName)}`);
    const range = byteRange(request.headers.range, file.byteSize);
    if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${file.byteSize}`).send(Buffer.alloc(0));
    const { from, to } = range === 'whole' ? { from: 0, to: file.byteSize - 1 } : range;
    if (range !== 'whole') void reply.code(206).header('content-range', `bytes ${from}-${to}/${file.byteSize}`);
    return reply.header('content-length', to - from + 1).send(Readable.from(piecesOf(sha256, from, to)));
  });

  /** One after the other, as fast as they are taken: of twenty megabytes that somebody reads slowly, one piece is in memory. */
  async function* piecesOf(sha256: string, from: number, to: number): AsyncGenerator<Buffer> {
    for (let at = from; at <= to; at += pieceBytes) {
      const piece = await readMediaBytes(db, sha256, at, Math.min(to, at + pieceBytes - 1));
      if (piece === null) throw mediaNotFound();
      yield piece;
    }
  }

  app.get('/media/:sha256/thumbnail', { schema: { params, hide: true } }, async (request, reply) => {
    const { sha256 } = request.params;
    const known = isHash(sha256) ? await findThumbnail(db, sha256) : null;
    if (known === null || !known.contentType.startsWith('image/')) throw mediaNotFound();
    const thumbnail = known.thumbnail ?? (await makeThumbnail(sha256));
    if (thumbnail === null) throw mediaNotFound();
    return reply
      .header('content-type', 'image/webp')
      .header('cache-control', forEver)
      .header('x-content-type-options', 'nosniff')
      .send(thumbnail);
  });

  /** For a picture that was stored before there were thumbnails. */
  async function makeThumbnail(sha256: string): Promise<Buffer | null> {
    const file = await findMedia(db, sha256);
    const picture = file && (await readPicture(file.bytes));
    if (picture) await saveThumbnail(db, sha256, picture);
    return picture?.thumbnail ?? null;
  }
}

const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text);
