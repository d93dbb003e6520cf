import { adminBoot } from '@nextline/contract';
import { sessionForbidden } from '../errors.ts';
import type { App, Deps } from '../feature.ts';
import { bootAdmin } from './admin-boot.ts';
import { hasConsole } from './permissions.ts';

/** `GET /me`: what the console's page carries, once more: after a new sign-in, and every minute for the figures of the frame. */
export function meRoutes(app: App, deps: Pick<Deps, 'db' | 'config' | 'clock'>): void {
  app.get('/me', { schema: { response: { 200: adminBoot } } }, (request, reply) => {
    if (!hasConsole(request.principal)) throw sessionForbidden();
    void reply.header('cache-control', 'no-store');
    return bootAdmin(deps, request.principal);
  });
}
