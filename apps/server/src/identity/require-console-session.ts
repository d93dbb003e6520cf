import { sessionRequired } from '../errors.ts';
import type { App } from '../feature.ts';
import type { Principals } from './principals.ts';
import { requireSession } from './require-session.ts';

/**
 * As everywhere; and a page of the console says in `x-shown-staff` whom it shows. When another person has signed in meanwhile in the same browser,
 * nothing is done in their name: the page is told to sign in again.
 */
export function requireConsoleSession(app: App, principals: Principals): void {
  requireSession(app, principals, principals.findForConsole);
  app.addHook('onRequest', (request, _reply, next) => {
    const shown = request.headers['x-shown-staff'];
    next(shown === undefined || shown === encodeURIComponent(request.principal.staffUserId) ? undefined : sessionRequired());
  });
}
