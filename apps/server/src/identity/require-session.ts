import { sessionRequired } from '../errors.ts';
import type { App } from '../feature.ts';
import type { Principals } from './principals.ts';
import type { Session } from './sessions.ts';

/** Every route of this scope needs somebody who is logged in and still works here. */
export function requireSession(app: App, principals: Principals, find = (session: Session) => principals.find(session.staffUserId)): void {
  app.addHook('onRequest', async (request) => {
    const principal = request.session && (await find(request.session));
    if (!principal) throw sessionRequired();
    request.principal = principal;
  });
}
