import { webviewSignInUrl } from '@nextline/wecom';
import type { FastifyReply } from 'fastify';
import type { Config } from '../config.ts';
import type { Sessions } from './sessions.ts';
import { type SignInStates, signInMinutes } from './sign-in-state.ts';

/** Sends the browser to WeCom, which answers who it is without a question, and back to `returnTo`. */
export type BeginSignIn = (reply: FastifyReply, returnTo: string) => FastifyReply;

export const signInCookieOptions = (sessions: Sessions) => ({ ...sessions.cookieOptions, path: '/auth', maxAge: signInMinutes * 60 });

export function createBeginSignIn(config: Config, sessions: Sessions, states: SignInStates): BeginSignIn {
  const { oauthUrl, corpId, agentId } = config.wecom;
  return (reply, returnTo) => {
    const { state, cookieName, cookie } = states.begin(returnTo);
    return reply
      .setCookie(cookieName, cookie, signInCookieOptions(sessions))
      .header('cache-control', 'no-store')
      .redirect(webviewSignInUrl({ oauthUrl, corpId, agentId, redirectUri: `${config.publicUrl}/auth/callback`, state }));
  };
}
