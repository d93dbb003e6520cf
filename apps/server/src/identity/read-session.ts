import type { App } from '../feature.ts';
import { sessionCookieOf } from './session-cookies.ts';
import type { Session, Sessions } from './sessions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose cookie came along, if any: not yet checked against the staff table. */
    session: Session | null;
  }
}

/** Opens the session cookie once per request, before anything asks who it is. */
export function readSession(app: App, sessions: Sessions): void {
  app.decorateRequest('session', null);
  app.decorateRequest('principal');
  app.addHook('onRequest', (request, _reply, next) => {
    request.session = sessions.read(sessionCookieOf(sessions, request.url, request.cookies));
    next();
  });
}
