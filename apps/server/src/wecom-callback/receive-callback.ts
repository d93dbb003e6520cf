import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import { type CallbackCrypto, createCallbackCrypto } from '@nextline/wecom';
import { z } from 'zod';
import { refusalOf } from '../answer-errors.ts';
import { databaseIsAway } from '../database-away.ts';
import type { DatabaseTrouble } from '../database-trouble.ts';
import { requestInvalid, requestTooLarge, serverBusy, storeUnavailable } from '../errors.ts';
import type { Deps } from '../feature.ts';
import type { Metrics } from '../health/metrics.ts';
import { issueInWords } from '../issue-words.ts';
import { type ArrivedCallback, keepCallbacks } from './inbox.store.ts';
import { keepInGroups } from './keep-in-groups.ts';
import { isUrgent, laneOf, mayWaitMs, waitBeforeApplyingMs } from './lane-of.ts';
import { openCallback } from './open-callback.ts';
import type { Turns } from './watch-turns.ts';

export const callbackPath = '/wecom/callback';
export const stamp = z.object({ msg_signature: z.string().max(64), timestamp: z.string().max(20), nonce: z.string().max(128) });

export type CallbackReceiver = {
  /** Whether WeCom has something to tell: a POST to the callback address. */
  isFor(request: IncomingMessage): boolean;
  receive(request: IncomingMessage, response: ServerResponse): void;
  /** From now on every answer is the last of its connection. */
  close(): void;
};

type ReceiverDeps = Pick<Deps, 'db' | 'clock' | 'config' | 'wecomHealth' | 'log'> & {
  metrics: Metrics;
  trouble: DatabaseTrouble;
  turns: Turns;
};

/** A group change that lists its members is the largest event, some 30 kB; encrypted and in base64 a third more. */
const largestBody = 256 * 1024;

/**
 * WeCom gives up after 5 s and tells it again; an answer that says why is better than none. Counted from when it came, as far as that can be known;
 * the rest is for the turns that an answer takes on a machine that is behind.
 */
const answerWithinMs = 3_500;
/** Whoever may have waited so long is refused at the door, which costs a tenth of keeping it. Nothing of it was accepted. */
const turnAwayAfterMs = 2_000;

const nothingMore = { 'content-length': 0 };

/** Whatever WeCom calls its content type, the body is text. Rejects when it is too large, and never settles when nobody is there any more. */
function readText(request: IncomingMessage): Promise<string> {
  return new Promise((done, failed) => {
    if (Number(request.headers['content-length']) > largestBody) return failed(requestTooLarge());
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > largestBody) failed(requestTooLarge());
      else chunks.push(chunk);
    });
    request.on('end', () => done((chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString('utf8')));
    request.on('error', () => undefined);
  });
}

function readStamp(url: string): z.infer<typeof stamp> {
  const read = stamp.safeParse(parse(url.slice(callbackPath.length + 1)));
  if (!read.success)
    throw requestInvalid(read.error.issues.map((issue) => ({ path: ['query', ...issue.path].join('.'), message: issueInWords(issue) })));
  return read.data;
}

/**
 * Where WeCom tells what happened: verified, decrypted and kept before it is acknowledged; worked on later. On Node's own HTTP: a burst is what this
 * address is for, and it has no use for what a person's request passes through (cookies, session, limits, headers of pages).
 */
export function createCallbackReceiver({ db, clock, config, wecomHealth, log, metrics, trouble, turns }: ReceiverDeps): CallbackReceiver {
  const { corpId, callbackToken, callbackAesKey } = config.wecom;
  const crypto: CallbackCrypto = createCallbackCrypto({ token: callbackToken, encodingAesKey: callbackAesKey, receiveId: corpId });
  const observe = metrics.requestsOf('POST', callbackPath);
  const keepOne = keepInGroups<ArrivedCallback>({
    keep: (rows) => keepCallbacks(db, corpId, rows),
    concernsAll: databaseIsAway,
    tooMany: storeUnavailable,
  });
  let closing = false;

  async function keep(request: IncomingMessage): Promise<void> {
    if (turns.unreadForMs() > turnAwayAfterMs) throw serverBusy();
    const signed = readStamp(request.url ?? '');
    const { event, xml, payloadHash } = openCallback(crypto, signed, await readText(request), wecomHealth.earliestTime());
    const arrived = {
      payloadHash,
      xml,
      event: event.event,
      changeType: event.changeType,
      lane: laneOf(event, payloadHash),
      urgent: isUrgent(event),
      receivedAtMs: clock.now().getTime(),
      applyAfterMs: waitBeforeApplyingMs(event),
      mayWaitMs: mayWaitMs(event),
    };
    // One whose commit was under way by then may be kept after all; the repeat finds it there.
    await keepOne(arrived, answerWithinMs - turns.unreadForMs());
  }

  function receive(request: IncomingMessage, response: ServerResponse): void {
    const began = performance.now();
    const answer = (status: number, headers: Record<string, string | number>, body: string) => {
      if (closing) response.shouldKeepAlive = false;
      response.writeHead(status, headers).end(body);
      observe(status, (performance.now() - began) / 1000);
    };
    keep(request).then(
      () => answer(200, nothingMore, ''),
      (error: unknown) => {
        trouble.observe(error);
        const { status, headers, body } = refusalOf(error, log, { reqId: randomUUID(), route: callbackPath });
        // The rest of what is too large is not waited for.
        if (status === 413) response.shouldKeepAlive = false;
        answer(status, { ...headers, 'content-length': Buffer.byteLength(body) }, body);
      },
    );
  }

  return {
    isFor: ({ method, url = '' }) => method === 'POST' && (url === callbackPath || url.startsWith(`${callbackPath}?`)),
    receive,
    close: () => void (closing = true),
  };
}
