import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { App } from '../feature.ts';

/** What the page of a built app loads. The page itself is not among it: it is never served without its boot data. */
export async function serveBuiltAssets(app: App, distFolder: string, appPath: '/sidebar' | '/admin'): Promise<void> {
  await app.register(staticFiles, {
    root: join(distFolder, 'assets'),
    prefix: `${appPath}/assets/`,
    // Two apps, two folders; nobody needs reply.sendFile.
    decorateReply: false,
    index: false,
    redirect: false,
    suppressWarning: true,
    schemaHide: true,
    cacheControl: false,
    // Names of assets carry a hash of their content.
    setHeaders: (reply) => void reply.header('cache-control', 'public, max-age=31536000, immutable'),
  });
}
