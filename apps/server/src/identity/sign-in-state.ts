import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { createSeal } from '../sealed-text.ts';

export type SignIn = { state: string; cookieName: string; cookie: string };

export type SignInStates = {
  begin(returnTo: string): SignIn;
  /** The cookie that belongs to a state, by its name; null for a state that we never made. */
  cookieNameOf(state: string): string | null;
  /** Null when state and cookie do not belong together, or are older than ten minutes. */
  finish(state: string, cookie: string | undefined): { returnTo: string } | null;
};

export const signInMinutes = 10;

const nameOf = (nonce: string) => `nextline_signin_${nonce.slice(0, 8)}`;

/**
 * The `state` that goes round through WeCom: a nonce and its signature, in letters and digits as WeCom asks. What it stands for lies in a
 * short-lived cookie of its own, so that a link made by somebody else signs nobody in, and two pages that open at once do not disturb each other.
 */
export function createSignInStates(config: Config, clock: Clock): SignInStates {
  const seal = createSeal(config.sessionKey, 'oauth state');
  const sign = (nonce: string) => createHmac('sha256', config.sessionKey).update(`oauth state ${nonce}`).digest('hex').slice(0, 32);

  function nonceOf(state: string): string | null {
    const [, nonce, signature] = /^([0-9a-f]{32})([0-9a-f]{32})$/.exec(state) ?? [];
    if (nonce === undefined || signature === undefined) return null;
    return timingSafeEqual(Buffer.from(sign(nonce)), Buffer.from(signature)) ? nonce : null;
  }

  return {
    begin(returnTo) {
      const nonce = randomBytes(16).toString('hex');
      const until = clock.now().getTime() + signInMinutes * 60_000;
      return { state: nonce + sign(nonce), cookieName: nameOf(nonce), cookie: seal.seal(JSON.stringify([nonce, until, returnTo])) };
    },
    cookieNameOf(state) {
      const nonce = nonceOf(state);
      return nonce === null ? null : nameOf(nonce);
    },
    finish(state, cookie) {
      const nonce = nonceOf(state);
      const text = cookie === undefined ? null : seal.open(cookie);
      if (nonce === null || text === null) return null;
      const [ofNonce, until, returnTo]: [string, number, string] = JSON.parse(text);
      return ofNonce === nonce && until > clock.now().getTime() ? { returnTo } : null;
    },
  };
}
