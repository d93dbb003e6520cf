import type { JsSignature } from '@nextline/contract';
import { makeNonce, signJsUrl, type WeCom } from '@nextline/wecom';
import type { Clock } from '../clock.ts';

/** The signature of one page address. `agent` is what `agentConfig` needs, `corp` what `config` needs on clients older than 3.0.24. */
export async function signPage(
  deps: { wecom: WeCom; clock: Clock },
  url: string,
  kind: 'agent' | 'corp',
  refused = false,
): Promise<JsSignature> {
  // WeCom may end a ticket before its time. Asked for a new one, the client layer goes at most once a minute, whoever asks.
  const ticket = await (refused ? deps.wecom.renewRefusedTicket(kind) : deps.wecom.jsTicket(kind));
  const timestamp = Math.floor(deps.clock.now().getTime() / 1000);
  const nonceStr = makeNonce();
  return { url, timestamp, nonceStr, signature: signJsUrl({ ticket, nonceStr, timestamp, url }) };
}

/** For the page itself, which must not wait for WeCom: null when no ticket came within `ms`. The page then asks again by itself. */
export async function signPageWithin(ms: number, ...[deps, url, kind]: Parameters<typeof signPage>): Promise<JsSignature | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((done) => {
    timer = setTimeout(() => done(null), ms);
  });
  try {
    return await Promise.race([signPage(deps, url, kind).catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
