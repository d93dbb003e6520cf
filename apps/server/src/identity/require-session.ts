import { sessionRequired } from '../errors.ts';
import type { App } from '../feature.ts';
import type { Principals } from './principals.ts';

/** Every route of this scope needs somebody who is logged in and still works here. */
export function requireSession(app: App, principals: Principals): void {
  app.addHook('onRequest', async (request) => {
    const principal = request.session && (await principals.find(request.session.staffUserId));
    if (!principal) throw sessionRequired();
    request.principal = principal;
  });
}
