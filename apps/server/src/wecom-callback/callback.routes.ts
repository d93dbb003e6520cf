import { createCallbackCrypto } from '@nextline/wecom';
import { z } from 'zod';
import { databaseIsAway } from '../database-away.ts';
import { storeUnavailable } from '../errors.ts';
import type { App, Deps } from '../feature.ts';
import { within } from '../within.ts';
import { type ArrivedCallback, keepCallbacks } from './inbox.store.ts';
import { keepInGroups } from './keep-in-groups.ts';
import { isUrgent, laneOf, waitBeforeApplyingMs } from './lane-of.ts';
import { openCallback, openEcho } from './open-callback.ts';

const stamp = z.object({ msg_signature: z.string().max(64), timestamp: z.string().max(20), nonce: z.string().max(128) });

/** A group change that lists its members is the largest event, some 30 kB; encrypted and in base64 a third more. */
const largestBody = 256 * 1024;

/** WeCom gives up after 5 s and tells it again; an answer that says why is better than none. */
const answerWithinMs = 4_000;

/** WeCom's callback address. Verified, decrypted and kept before it is acknowledged; worked on later. */
export async function callbackRoutes(parent: App, deps: Pick<Deps, 'db' | 'clock' | 'config' | 'wecomHealth'>): Promise<void> {
  const { corpId, callbackToken, callbackAesKey } = deps.config.wecom;
  const crypto = createCallbackCrypto({ token: callbackToken, encodingAesKey: callbackAesKey, receiveId: corpId });
  const keepOne = keepInGroups<ArrivedCallback>({
    keep: (rows) => keepCallbacks(deps.db, corpId, rows),
    concernsAll: databaseIsAway,
    patienceMs: answerWithinMs,
    tooMany: storeUnavailable,
  });
  await parent.register(
    async (scope) => {
      // Whatever WeCom calls its content type, the body is text.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: largestBody }, (_request, body, done) => done(null, body));
      const app: App = scope.withTypeProvider();

      app.get(
        '/wecom/callback',
        { schema: { hide: true, querystring: stamp.extend({ echostr: z.string().max(1024) }) } },
        (request, reply) => {
          const { echostr, ...signed } = request.query;
          return reply.type('text/plain').send(openEcho(crypto, signed, echostr, deps.wecomHealth.earliestTime()));
        },
      );

      app.post(
        '/wecom/callback',
        { bodyLimit: largestBody, schema: { hide: true, querystring: stamp, body: z.string() } },
        async (request, reply) => {
          const { event, xml, payloadHash } = openCallback(crypto, request.query, request.body, deps.wecomHealth.earliestTime());
          const kept = keepOne({
            payloadHash,
            xml,
            event: event.event,
            changeType: event.changeType,
            lane: laneOf(event, payloadHash),
            urgent: isUrgent(event),
            receivedAt: deps.clock.now(),
            applyAfterMs: waitBeforeApplyingMs(event),
          });
          // One whose commit was under way by then may be kept after all; the repeat finds it there.
          await within(answerWithinMs, kept, storeUnavailable);
          return reply.code(200).send();
        },
      );
    },
    { prefix: '' },
  );
}
