import type { FastifyReply } from 'fastify';
import type { Session, Sessions } from './sessions.ts';

/** The console's session is one of its own: whoever writes scripts as head office may have a guide's sidebar open beside it. */
const consoleCookie = 'nextline_console';
const consolePaths = ['/admin', '/api/admin'];
/** Also where one signs out. */
const cookiePaths = [...consolePaths, '/auth'];

export const isConsolePath = (url: string): boolean =>
  consolePaths.some((path) => url.startsWith(path) && ['', '/', '?'].includes(url.charAt(path.length)));

/** Which cookie says who sends a request. Calls of the console's API are also taken from whoever is signed in to the sidebar: it is the same person and the same role. */
export function sessionCookieOf(sessions: Sessions, url: string, cookies: Record<string, string | undefined>): string | undefined {
  if (!isConsolePath(url)) return cookies[sessions.cookieName];
  return cookies[consoleCookie] ?? (url.startsWith('/api/') ? cookies[sessions.cookieName] : undefined);
}

/** Whose session of the console comes along. */
export const consoleSessionOf = (sessions: Sessions, cookies: Record<string, string | undefined>): Session | null =>
  sessions.read(cookies[consoleCookie]);

export function setSessionCookie(reply: FastifyReply, sessions: Sessions, staffUserId: string, returnTo: string): FastifyReply {
  const value = sessions.begin(staffUserId);
  if (!isConsolePath(returnTo)) return reply.setCookie(sessions.cookieName, value, sessions.cookieOptions);
  for (const path of cookiePaths) void reply.setCookie(consoleCookie, value, { ...sessions.cookieOptions, path });
  return reply;
}

export function clearConsoleCookie(reply: FastifyReply, sessions: Sessions): FastifyReply {
  for (const path of cookiePaths) void reply.clearCookie(consoleCookie, { ...sessions.cookieOptions, path });
  return reply;
}
