import type { Config } from './config.ts';
import { foreignOrigin } from './errors.ts';
import type { App } from './feature.ts';

const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A write comes from our own page or from no page at all. `same-site` is refused too: another app on a sibling domain is not us.
 */
export function isForeignWrite(
  request: { method: string; origin: string | undefined; fetchSite: string | undefined },
  ownOrigin: string,
): boolean {
  if (reads.has(request.method)) return false;
  if (request.fetchSite !== undefined && request.fetchSite !== 'same-origin' && request.fetchSite !== 'none') return true;
  return request.origin !== undefined && request.origin !== ownOrigin;
}

export function refuseForeignWrites(app: App, config: Config): void {
  const ownOrigin = new URL(config.publicUrl).origin;
  app.addHook('onRequest', (request, _reply, next) => {
    const site = request.headers['sec-fetch-site'];
    const fetchSite = Array.isArray(site) ? site.join() : site;
    if (isForeignWrite({ method: request.method, origin: request.headers.origin, fetchSite }, ownOrigin)) next(foreignOrigin());
    else next();
  });
}
