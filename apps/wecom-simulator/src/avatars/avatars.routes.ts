import type { FastifyInstance, FastifyReply } from 'fastify';
import { avatarSvg } from './avatar-svg.ts';
import { pictureSvg } from './pictures.ts';

/** The drawings never change under their name. */
const cacheControl = 'public, max-age=31536000, immutable';

export function registerAvatarRoutes(app: FastifyInstance): void {
  /** Profile pictures, `/avatars/<motif>-<palette>.svg`. 404 for a name that is not drawn. */
  app.get<{ Params: { file: string } }>('/avatars/:file', (request, reply) => sendSvg(reply, request.params.file, avatarSvg));

  /** Pictures inside chats of the seed: `/pictures/gift.svg`. */
  app.get<{ Params: { file: string } }>('/pictures/:file', (request, reply) => sendSvg(reply, request.params.file, pictureSvg));
}

function sendSvg(reply: FastifyReply, file: string, draw: (id: string) => string | null): FastifyReply {
  const svg = file.endsWith('.svg') ? draw(file.slice(0, -'.svg'.length)) : null;
  if (svg === null) return reply.code(404).send({ error: `nothing is drawn under ${file}` });
  reply.header('cache-control', cacheControl);
  reply.header('access-control-allow-origin', '*');
  reply.header('cross-origin-resource-policy', 'cross-origin');
  return reply.type('image/svg+xml').send(svg);
}
