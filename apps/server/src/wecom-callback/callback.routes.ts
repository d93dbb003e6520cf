import { createCallbackCrypto } from '@nextline/wecom';
import { z } from 'zod';
import type { App, Deps } from '../feature.ts';
import { openEcho } from './open-callback.ts';
import { callbackPath, stamp } from './receive-callback.ts';

/** What WeCom asks when the callback address is entered in its console. What it tells there afterwards is received in receive-callback.ts. */
export function callbackRoutes(app: App, deps: Pick<Deps, 'config' | 'wecomHealth'>): void {
  const { corpId, callbackToken, callbackAesKey } = deps.config.wecom;
  const crypto = createCallbackCrypto({ token: callbackToken, encodingAesKey: callbackAesKey, receiveId: corpId });

  app.get(callbackPath, { schema: { hide: true, querystring: stamp.extend({ echostr: z.string().max(1024) }) } }, (request, reply) => {
    const { echostr, ...signed } = request.query;
    return reply.type('text/plain').send(openEcho(crypto, signed, echostr, deps.wecomHealth.earliestTime()));
  });
}
