import { createHash, randomBytes } from 'node:crypto';

/**
 * The signature that `config` (corp ticket) and `agentConfig` (agent ticket) ask for: SHA-1 in hex.
 * `timestamp` is in seconds; `url` is the page's own address and is cut before `#`, nothing in it is encoded.
 */
export function signJsUrl(page: { ticket: string; nonceStr: string; timestamp: number | string; url: string }): string {
  const url = page.url.split('#', 1)[0] ?? '';
  return createHash('sha1')
    .update(`jsapi_ticket=${page.ticket}&noncestr=${page.nonceStr}&timestamp=${page.timestamp}&url=${url}`)
    .digest('hex');
}

/** 16 random letters and digits for a signature or a callback. */
export function makeNonce(): string {
  return randomBytes(8).toString('hex');
}
