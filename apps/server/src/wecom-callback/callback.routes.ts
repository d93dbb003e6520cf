import { createCallbackCrypto } from '@nextline/wecom';
import { z } from 'zod';
import { databaseIsAway } from '../database-away.ts';
import { serverBusy, storeUnavailable } from '../errors.ts';
import type { App, Deps } from '../feature.ts';
import { within } from '../within.ts';
import { type ArrivedCallback, keepCallbacks } from './inbox.store.ts';
import { keepInGroups } from './keep-in-groups.ts';
import { isUrgent, laneOf, waitBeforeApplyingMs } from './lane-of.ts';
import { openCallback, openEcho } from './open-callback.ts';
import type { Turns } from './watch-turns.ts';

const stamp = z.object({ msg_signature: z.string().max(64), timestamp: z.string().max(20), nonce: z.string().max(128) });

/** A group change that lists its members is the largest event, some 30 kB; encrypted and in base64 a third more. */
const largestBody = 256 * 1024;

/**
 * WeCom gives up after 5 s and tells it again; an answer that says why is better than none. Counted from when it came, as far as that can be known;
 * the rest is for the turns that an answer takes on a machine that is behind.
 */
const answerWithinMs = 3_500;
/** Whoever may have waited so long is refused at the door, which costs a tenth of keeping it. Nothing of it was accepted. */
const turnAwayAfterMs = 2_000;

/** WeCom's callback address. Verified, decrypted and kept before it is acknowledged; worked on later. */
export async function callbackRoutes(
  parent: App,
  deps: Pick<Deps, 'db' | 'clock' | 'config' | 'wecomHealth'>,
  turns: Turns,
): Promise<void> {
  const { corpId, callbackToken, callbackAesKey } = deps.config.wecom;
  const crypto = createCallbackCrypto({ token: callbackToken, encodingAesKey: callbackAesKey, receiveId: corpId });
  const keepOne = keepInGroups<ArrivedCallback>({
    keep: (rows) => keepCallbacks(deps.db, corpId, rows),
    concernsAll: databaseIsAway,
    tooMany: storeUnavailable,
  });
  await parent.register(
    async (scope) => {
      // Whatever WeCom calls its content type, the body is text.
      scope.addHook('onRequest', (request, _reply, next) => {
        next(request.method === 'POST' && turns.unreadForMs() > turnAwayAfterMs ? serverBusy() : undefined);
      });
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
          const patienceMs = answerWithinMs - turns.unreadForMs();
          const arrived = {
            payloadHash,
            xml,
            event: event.event,
            changeType: event.changeType,
            lane: laneOf(event, payloadHash),
            urgent: isUrgent(event),
            receivedAt: deps.clock.now(),
            applyAfterMs: waitBeforeApplyingMs(event),
          };
          // One whose commit was under way by then may be kept after all; the repeat finds it there.
          await within(patienceMs, keepOne(arrived, patienceMs), storeUnavailable);
          return reply.code(200).send();
        },
      );
    },
    { prefix: '' },
  );
}
