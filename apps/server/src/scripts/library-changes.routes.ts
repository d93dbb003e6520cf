import type { App, Deps } from '../feature.ts';
import type { Principals } from '../identity/principals.ts';
import { libraryVersionFor } from './guide-library.ts';
import { libraryChanges } from './library-changes.ts';

/** Keeps proxies from closing a silent stream, finds out who has left, and looks whether a date or a season changed the library. */
const beatMs = 20_000;

/**
 * GET /api/sidebar/library/changes: server-sent events. `library` says that it is worth asking for the library again; an open page so has a published
 * script within seconds without asking all the time.
 */
export function libraryChangeRoutes(app: App, deps: Deps, principals: Principals): void {
  const changes = libraryChanges(deps);
  const open = new Set<() => void>();

  app.get('/library/changes', { schema: { hide: true } }, (request, reply) => {
    const { principal } = request;
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    stream.write(':\n\n');
    const tell = () => void stream.write('event: library\ndata: {}\n\n');
    let told: string | null = null;
    async function beat(): Promise<void> {
      if ((await principals.find(principal.staffUserId)) === null) return end();
      const version = await libraryVersionFor(deps, principal);
      if (told !== null && version !== told) tell();
      told = version;
      stream.write(':\n\n');
    }
    const heart = setInterval(() => void beat().catch(() => undefined), beatMs);
    const leave = changes.join(tell);
    function end(): void {
      clearInterval(heart);
      leave();
      open.delete(end);
      stream.end();
    }
    open.add(end);
    request.raw.once('close', end);
  });

  app.addHook('preClose', async () => {
    for (const end of open) end();
    await changes.stop();
  });
}
