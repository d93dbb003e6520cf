import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { createSeal } from '../sealed-text.ts';

/** A session belongs to one person in one app of one corp. */
export type Session = { staffUserId: string };

export type Sessions = {
  cookieName: string;
  cookieOptions: { path: '/'; httpOnly: true; sameSite: 'lax'; secure: boolean; maxAge: number };
  /** The value of the cookie. */
  begin(staffUserId: string): string;
  /** Null for a cookie that is forged, too old, or of another corp or app. */
  read(cookie: string | undefined): Session | null;
};

const hours = 12;
const content = z.object({ staff: z.string().min(1), agent: z.string(), corp: z.string(), until: z.number() });

export function createSessions(config: Config, clock: Clock): Sessions {
  const seal = createSeal(config.sessionKey, 'session cookie');
  const { agentId, corpId } = config.wecom;
  return {
    cookieName: 'nextline_session',
    cookieOptions: { path: '/', httpOnly: true, sameSite: 'lax', secure: config.publicUrl.startsWith('https:'), maxAge: hours * 3600 },
    begin: (staffUserId) =>
      seal.seal(JSON.stringify({ staff: staffUserId, agent: agentId, corp: corpId, until: clock.now().getTime() + hours * 3_600_000 })),
    read(cookie) {
      const text = cookie === undefined ? null : seal.open(cookie);
      if (text === null) return null;
      const { staff, agent, corp, until } = content.parse(JSON.parse(text));
      return agent === agentId && corp === corpId && until > clock.now().getTime() ? { staffUserId: staff } : null;
    },
  };
}
