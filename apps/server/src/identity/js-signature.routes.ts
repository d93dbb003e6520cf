import { jsSignature } from '@nextline/contract';
import { z } from 'zod';
import { requestInvalid } from '../errors.ts';
import type { App, Deps } from '../feature.ts';
import { signPage } from './js-signature.ts';

/**
 * `refused`: WeCom's client did not take the last signature, so its ticket may have been ended before its time.
 * Signs only pages of ours: a signature for another address would let that page act in our name.
 */
export function jsSignatureRoutes(app: App, deps: Pick<Deps, 'wecom' | 'clock' | 'config'>): void {
  const ownOrigin = new URL(deps.config.publicUrl).origin;
  const querystring = z.object({
    url: z.string().max(2048),
    kind: z.enum(['agent', 'corp']).default('agent'),
    refused: z.stringbool().default(false),
  });
  app.get('/js-signature', { schema: { querystring, response: { 200: jsSignature } } }, async (request, reply) => {
    const { url, kind, refused } = request.query;
    const page = url.split('#', 1)[0] ?? '';
    if (!URL.canParse(page) || new URL(page).origin !== ownOrigin)
      throw requestInvalid([
        {
          path: 'querystring.url',
          message: { 'zh-CN': `只给 ${ownOrigin} 下的页面签名。`, en: `Only pages under ${ownOrigin} are signed.` },
        },
      ]);
    void reply.header('cache-control', 'no-store');
    return signPage(deps, page, kind, refused);
  });
}
