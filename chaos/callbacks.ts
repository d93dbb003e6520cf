import { createHash } from 'node:crypto';
import { buildCallbackXml, createCallbackCrypto, makeNonce } from '../packages/wecom/src/index.ts';
import { askOnce } from './ask-once.ts';

export type CallbackSettings = { corpId: string; token: string; aesKey: string; agentId: string };
export type Callback = { xml: string; hash: string; path: string; body: string };

/** Events as WeCom would post them, sealed with the corp's own key. */
export function callbackWriter({ corpId, token, aesKey, agentId }: CallbackSettings) {
  const crypto = createCallbackCrypto({ token, encodingAesKey: aesKey, receiveId: corpId });

  function seal(xml: string, at = Date.now()): Callback {
    const timestamp = String(Math.floor(at / 1000));
    const nonce = makeNonce();
    const { body, signature } = crypto.sealPost(xml, { timestamp, nonce, agentId });
    const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce });
    return { xml, hash: createHash('sha256').update(xml).digest('hex'), path: `/wecom/callback?${query}`, body };
  }

  function event(name: string, changeType: string, createTime: number, fields: Record<string, string>): string {
    return buildCallbackXml({
      ToUserName: corpId,
      FromUserName: 'sys',
      CreateTime: createTime,
      MsgType: 'event',
      Event: name,
      ChangeType: changeType,
      ...fields,
    });
  }

  return {
    seal,
    /** The guide changed something about her customer. `createTime` in seconds tells two of them apart. */
    edited: (staff: string, externalUserId: string, createTime: number) =>
      seal(event('change_external_contact', 'edit_external_contact', createTime, { UserID: staff, ExternalUserID: externalUserId })),
    /** An event that is kept and asks nothing of WeCom. */
    groupChanged: (chatId: string, createTime: number) =>
      seal(event('change_external_chat', 'update', createTime, { ChatId: chatId, UpdateDetail: 'change_name' })),
  };
}

export type CallbackWriter = ReturnType<typeof callbackWriter>;

/** Posts once, with WeCom's own patience. Null: no answer. */
export async function postOnce(
  origin: string,
  { path, body }: Callback,
  patienceMs = 5_000,
): Promise<{ status: number | null; ms: number }> {
  const began = performance.now();
  const { status } = await askOnce(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body,
    patienceMs,
  });
  return { status, ms: performance.now() - began };
}
