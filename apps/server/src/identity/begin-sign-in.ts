import { desktopSignInUrl, webviewSignInUrl } from '@nextline/wecom';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { isConsolePath } from './session-cookies.ts';
import type { Sessions } from './sessions.ts';
import { type SignInStates, signInMinutes } from './sign-in-state.ts';

/**
 * Sends the browser to WeCom and back to `returnTo`. WeCom's own client says who it is without a question; the console in any other browser goes
 * through WeCom's desktop login, where the person scans a code.
 */
export type BeginSignIn = (request: FastifyRequest, reply: FastifyReply, returnTo: string) => FastifyReply;

const inWeComClient = (request: FastifyRequest) => / wxwork\//.test(request.headers['user-agent'] ?? '');

export const signInCookieOptions = (sessions: Sessions) => ({ ...sessions.cookieOptions, path: '/auth', maxAge: signInMinutes * 60 });

export function createBeginSignIn(config: Config, sessions: Sessions, states: SignInStates): BeginSignIn {
  const { oauthUrl, loginUrl, corpId, agentId } = config.wecom;
  const redirectUri = `${config.publicUrl}/auth/callback`;
  return (request, reply, returnTo) => {
    const { state, cookieName, cookie } = states.begin(returnTo);
    return reply
      .setCookie(cookieName, cookie, signInCookieOptions(sessions))
      .header('cache-control', 'no-store')
      .redirect(
        isConsolePath(returnTo) && !inWeComClient(request)
          ? desktopSignInUrl({ loginUrl, corpId, agentId, redirectUri, state })
          : webviewSignInUrl({ oauthUrl, corpId, agentId, redirectUri, state }),
      );
  };
}
