import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CallbackCrypto,
  type CallbackEvent,
  createCallbackCrypto,
  parseCallback,
  readEnvelope,
} from '../../packages/wecom/src/index.ts';
import type { Config } from '../../apps/server/src/config.ts';

export type CaughtCallback = { xml: string; event: CallbackEvent };

/** Stands where the product would: hears every callback as WeCom sends it, and hands it on as often and as late as it is told. */
export type CallbackRelay = {
  url: string;
  caught: CaughtCallback[];
  /** Signed anew, as WeCom does for each try. Throws unless it was acknowledged. */
  deliver(callbackUrl: string, callback: CaughtCallback): Promise<void>;
  close(): Promise<void>;
};

let nonces = 0;

async function post(crypto: CallbackCrypto, agentId: string, callbackUrl: string, xml: string): Promise<void> {
  nonces += 1;
  const stamp = { timestamp: String(Math.floor(Date.now() / 1000)), nonce: `relay${nonces}` };
  const { body, signature } = crypto.sealPost(xml, { ...stamp, agentId });
  const query = new URLSearchParams({ msg_signature: signature, ...stamp });
  const answer = await fetch(`${callbackUrl}?${query}`, { method: 'POST', headers: { 'content-type': 'text/xml' }, body });
  if (answer.status !== 200) throw new Error(`a callback was answered with ${answer.status}`);
}

/** `onCallback` is awaited before WeCom gets its answer. */
export async function startCallbackRelay(
  wecom: Pick<Config['wecom'], 'corpId' | 'agentId' | 'callbackToken' | 'callbackAesKey'>,
  onCallback: (callback: CaughtCallback) => Promise<void>,
): Promise<CallbackRelay> {
  const crypto = createCallbackCrypto({ token: wecom.callbackToken, encodingAesKey: wecom.callbackAesKey, receiveId: wecom.corpId });
  const caught: CaughtCallback[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
      const xml = crypto.decrypt(readEnvelope(Buffer.concat(chunks).toString()).encrypt);
      const callback = { xml, event: parseCallback(xml) };
      caught.push(callback);
      await onCallback(callback);
      response.writeHead(200).end();
    })().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/wecom/callback`,
    caught,
    deliver: (callbackUrl, { xml }) => post(crypto, wecom.agentId, callbackUrl, xml),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
