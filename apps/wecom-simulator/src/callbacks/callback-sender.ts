import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCallbackCrypto, makeNonce } from '@nextline/wecom';
import type { News } from '../news.ts';
import type { World } from '../world/world.ts';

/** How callbacks are delivered. Everything off is a good day. */
export interface CallbackSwitches {
  /** How often each event is sent: 2 sends it twice. */
  duplicate: number;
  /** Each event waits for a random time up to this, so that they arrive out of order. Real milliseconds. */
  shuffleMs: number;
  /** Share of events that are never sent, 0 to 1. */
  dropRate: number;
  /** The documentation contradicts itself: one page retries on any answer but 200, the other only when the connection fails. */
  retryOnNon200: boolean;
}

export interface Delivery {
  id: number;
  event: string;
  /** ISO 8601, real clock: the network does not know WeCom's clock. */
  at: string;
  outcome: 'waiting' | 'delivered' | 'refused' | 'failed' | 'dropped';
  attempts: { status: number | null; ms: number; error: string | null }[];
  xml: string;
}

export interface CallbackSender {
  /** Sends one event, already written as XML, to the product. Returns at once. */
  send(event: string, xml: string): void;
  switches(): CallbackSwitches;
  setSwitches(switches: Partial<CallbackSwitches>): void;
  deliveries(): Delivery[];
  /** Resolves when nothing is on its way. */
  settled(): Promise<void>;
  clear(): void;
  close(): void;
}

const timeoutMs = 5_000;
const tries = 3;
const pauseMs = 300;
const kept = 500;
const goodDay: CallbackSwitches = { duplicate: 1, shuffleMs: 0, dropRate: 0, retryOnNon200: false };

/** Delivers encrypted events as WeCom does: 5 s to answer, at most 3 tries, no promise that it arrives. */
export function createCallbackSender(world: () => World, news: News): CallbackSender {
  let switches = { ...goodDay };
  let deliveries: Delivery[] = [];
  let lastId = 0;
  const underway = new Set<Promise<void>>();
  const closing = new AbortController();

  const report = (delivery: Delivery): void => {
    const { id, event, outcome, attempts } = delivery;
    news.publish({
      type: 'callback',
      delivery: { id, event, outcome, attempts: attempts.length, status: attempts.at(-1)?.status ?? null },
    });
  };

  const deliver = async (delivery: Delivery): Promise<void> => {
    if (switches.shuffleMs > 0) await sleep(randomInt(switches.shuffleMs + 1), undefined, { signal: closing.signal });
    for (let n = 0; n < tries; n += 1) {
      if (n > 0) await sleep(pauseMs, undefined, { signal: closing.signal });
      const attempt = await post(world(), delivery.xml, closing.signal);
      delivery.attempts.push(attempt);
      if (attempt.status !== null && (attempt.status === 200 || !switches.retryOnNon200)) {
        delivery.outcome = attempt.status === 200 ? 'delivered' : 'refused';
        report(delivery);
        return;
      }
    }
    delivery.outcome = 'failed';
    report(delivery);
  };

  return {
    send(event, xml) {
      const dropped = Math.random() < switches.dropRate;
      for (let copy = 0; copy < switches.duplicate; copy += 1) {
        lastId += 1;
        const at = new Date().toISOString();
        const delivery: Delivery = { id: lastId, event, at, outcome: dropped ? 'dropped' : 'waiting', attempts: [], xml };
        deliveries.push(delivery);
        if (deliveries.length > kept * 1.2) deliveries = deliveries.slice(-kept);
        report(delivery);
        if (dropped) continue;
        // An abort on closing ends the delivery in mid-air; that is the only way it can throw.
        const going = deliver(delivery)
          .catch(() => undefined)
          .finally(() => underway.delete(going));
        underway.add(going);
      }
    },
    switches: () => ({ ...switches }),
    setSwitches(wanted) {
      switches = { ...switches, ...wanted };
    },
    deliveries: () => deliveries.toReversed(),
    async settled() {
      while (underway.size > 0) await Promise.all(underway);
    },
    clear() {
      switches = { ...goodDay };
      deliveries = [];
    },
    close: () => closing.abort(),
  };
}

async function post(world: World, xml: string, closing: AbortSignal): Promise<Delivery['attempts'][number]> {
  const began = performance.now();
  const { url, body } = sealed(world, xml);
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body,
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), closing]),
    });
    await answer.arrayBuffer();
    return { status: answer.status, ms: Math.round(performance.now() - began), error: null };
  } catch (cause) {
    closing.throwIfAborted();
    const error = cause instanceof Error ? cause.message : String(cause);
    return { status: null, ms: Math.round(performance.now() - began), error };
  }
}

/** The timestamp in the query is the real time: a receiver compares it with its own clock, which does not follow WeCom's when it is moved. */
function sealed(world: World, xml: string): { url: string; body: string } {
  const stamp = { timestamp: String(Math.floor(Date.now() / 1000)), nonce: makeNonce() };
  const { body, signature } = cryptoOf(world).sealPost(xml, { ...stamp, agentId: world.app.agentId });
  const url = new URL(world.callback.url);
  url.search = new URLSearchParams({ msg_signature: signature, ...stamp }).toString();
  return { url: url.href, body };
}

/** GET verification of the callback URL, as the console does on saving: within 1 s the product must answer the decrypted text, nothing else. */
export async function verifyCallbackUrl(world: World): Promise<{ ok: boolean; status: number | null; reason: string | null }> {
  const crypto = cryptoOf(world);
  const plain = String(randomInt(2 ** 40));
  const encrypted = crypto.encrypt(plain);
  const stamp = { timestamp: String(Math.floor(Date.now() / 1000)), nonce: makeNonce() };
  const url = new URL(world.callback.url);
  url.search = new URLSearchParams({ msg_signature: crypto.sign({ ...stamp, encrypted }), ...stamp, echostr: encrypted }).toString();
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(1_000) });
    const ok = answer.status === 200 && (await answer.text()) === plain;
    return { ok, status: answer.status, reason: ok ? null : 'the answer is not the decrypted echostr' };
  } catch (cause) {
    return { ok: false, status: null, reason: cause instanceof Error ? cause.message : String(cause) };
  }
}

function cryptoOf(world: World): ReturnType<typeof createCallbackCrypto> {
  return createCallbackCrypto({ token: world.callback.token, encodingAesKey: world.callback.aesKey, receiveId: world.corp.corpId });
}
