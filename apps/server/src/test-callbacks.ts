import { createCallbackCrypto } from '@nextline/wecom';
import inject, { type InjectOptions, type Response } from 'light-my-request';
import type { TestApp } from './test-app.ts';

/** A request to the server as it listens: what Fastify answers, and what is received beside it. */
export const knock = ({ app }: TestApp, request: InjectOptions): Promise<Response> =>
  inject((asked, answer) => void app.server.emit('request', asked, answer), request);

/** Posts an event to the callback address as WeCom would: encrypted, signed, with the time of now unless told otherwise. */
export async function postCallback(
  world: TestApp,
  xml: string,
  stamp: { timestamp?: string; nonce?: string; receiveId?: string; signature?: string } = {},
): Promise<Response> {
  const { deps } = world;
  const { corpId, callbackToken, callbackAesKey, agentId } = deps.config.wecom;
  const crypto = createCallbackCrypto({ token: callbackToken, encodingAesKey: callbackAesKey, receiveId: stamp.receiveId ?? corpId });
  const timestamp = stamp.timestamp ?? String(Math.floor(deps.clock.now().getTime() / 1000));
  const nonce = stamp.nonce ?? '1372623149';
  const { body, signature } = crypto.sealPost(xml, { timestamp, nonce, agentId });
  const query = new URLSearchParams({ msg_signature: stamp.signature ?? signature, timestamp, nonce });
  return knock(world, { method: 'POST', url: `/wecom/callback?${query}`, headers: { 'content-type': 'text/xml' }, payload: body });
}

/** An event about customers, staff or tags, as the documentation writes them. */
export function eventXml(
  corpId: string,
  event: string,
  changeType: string,
  fields: Record<string, string>,
  createTime = 1_403_610_513,
): string {
  const rest = Object.entries(fields)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join('');
  return `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>${createTime}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${event}]]></Event><ChangeType><![CDATA[${changeType}]]></ChangeType>${rest}</xml>`;
}
