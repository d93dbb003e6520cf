import { createCallbackCrypto, makeNonce, webviewSignInUrl } from '@nextline/wecom';
import type { Config } from '../config.ts';
import type { CallbackFinding } from './findings.ts';

/** Longer than WeCom waits, so that "too slow" can be told from "away". */
const patienceMs = 5_000;

const reason = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error
    ? `${error.message}: ${error.cause.message || String(Object(error.cause).code ?? '')}`
    : error.message;
};

const get = (url: URL | string, init: RequestInit = {}) =>
  fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(patienceMs), ...init });

/** Does what WeCom's console does when the callback address is saved, through the public address: a signed question, answered decrypted. */
export async function askCallback({ publicUrl, wecom }: Config, now: Date): Promise<CallbackFinding> {
  const crypto = createCallbackCrypto({ token: wecom.callbackToken, encodingAesKey: wecom.callbackAesKey, receiveId: wecom.corpId });
  const plain = makeNonce();
  const encrypted = crypto.encrypt(plain);
  const stamp = { timestamp: String(Math.floor(now.getTime() / 1000)), nonce: makeNonce() };
  const url = new URL('/wecom/callback', publicUrl);
  url.search = new URLSearchParams({ msg_signature: crypto.sign({ ...stamp, encrypted }), ...stamp, echostr: encrypted }).toString();
  const began = performance.now();
  try {
    const answer = await get(url);
    const text = await answer.text();
    if (answer.status === 401 && text.includes('callback refused: timestamp')) return { kind: 'stale' };
    if (answer.status !== 200) return { kind: 'refused', status: answer.status };
    return text === plain ? { kind: 'answered', ms: Math.round(performance.now() - began) } : { kind: 'wrong_text' };
  } catch (error) {
    return { kind: 'silent', reason: reason(error) };
  }
}

/** A plain program is shown the error page for an untrusted domain; whether a domain is trusted it is not told. */
export async function askSignIn({ publicUrl, wecom }: Config): Promise<boolean> {
  const { oauthUrl, corpId, agentId } = wecom;
  const url = webviewSignInUrl({ oauthUrl, corpId, agentId, redirectUri: `${publicUrl}/auth/callback`, state: 'doctor' });
  try {
    const page = await (await get(url)).text();
    return /(?:<h1>|错误码\D{0,4}|errcode\D{0,4})50001\b/.test(page);
  } catch {
    return false;
  }
}

/** WeCom's proof of ownership: a file at the root whose text stands in its own name. */
export async function askVerifyFile(publicUrl: string, name: string): Promise<boolean | null> {
  try {
    const answer = await get(new URL(`/${encodeURIComponent(name)}`, publicUrl));
    const text = (await answer.text()).trim();
    return answer.status === 200 && text !== '' && name.includes(text);
  } catch {
    return null;
  }
}
